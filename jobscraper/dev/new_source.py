"""Writing what a new source begins with: its class, the folder of its first fixture, and with them a test that fails."""

from __future__ import annotations

import keyword
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TypeGuard

import attrs

from jobscraper import boards
from jobscraper.crawl.source import Source
from jobscraper.model.errors import JobscraperError

_CLASS = '''"""{title}."""

from jobscraper.boards.{module}.spider import {platform}
from jobscraper.quality.expectations import Expectations


class {cls}({platform}):
    """Say in a line whose board this is, and what of it is crawled."""

    name = "{name}"
    title = "{title}"
    publisher = ""  # The body that publishes the board.
    homepage = "{homepage}"
    allowed_domains = ["{host}"]
{keys}    expects = Expectations(adverts=1)  # And the least shares with salary, employer, location, closes: salary=0.5, …
'''


@attrs.frozen
class Written:
    """The files of a new source."""

    source: Path
    fixture: Path


def platform_classes() -> dict[str, type[Source]]:
    """The base spiders of the boards, by the name of their folder; a board of one source only has none."""
    found: dict[str, type[Source]] = {}
    for folder in iter_modules(boards.__path__):
        with suppress(ModuleNotFoundError):
            spider = import_module(f"{boards.__name__}.{folder.name}.spider")
            (found[folder.name],) = (thing for thing in vars(spider).values() if _is_base(thing, spider.__name__))
    return found


def _is_base(thing: object, module: str) -> TypeGuard[type[Source]]:
    return isinstance(thing, type) and issubclass(thing, Source) and thing.__module__ == module


def new_source(root: Path, name: str, module: str, host: str) -> Written:
    """Write `spiders/NAME.py` and the folder of a fixture that waits for a saved response.

    :param root: the top of the project.
    :param host: where the board is; its URLs are made from it.
    :raises JobscraperError: no such platform, a name that is no name, a source that is there already, or another folder.
    """
    known = platform_classes()
    if module not in known:
        raise JobscraperError(f"no platform is called {module!r}; there are {', '.join(sorted(known))}")
    if not name.isidentifier() or not name.islower() or keyword.iskeyword(name):
        raise JobscraperError(
            f"{name}: not a name for a source; use lower-case letters, digits and _, as in ox_council"
        )
    spiders = root / "spiders"
    if not (spiders / "__init__.py").is_file():
        raise JobscraperError(f"{root}: has no spiders/; call this at the top of the project")
    written = Written(spiders / f"{name}.py", root / "tests" / "fixtures" / module / name)
    if written.source.exists():
        raise JobscraperError(f"{written.source}: there already")
    written.fixture.mkdir(parents=True, exist_ok=True)
    (written.fixture / "url.txt").write_text(f"https://{host}/\n", encoding="utf-8")
    written.source.write_text(_source(name, module, known[module], host), encoding="utf-8")
    return written


def _source(name: str, module: str, platform: type[Source], host: str) -> str:
    return _CLASS.format(
        name=name,
        title=name.replace("_", " ").title(),
        cls="".join(word.title() for word in name.split("_")),
        module=module,
        platform=platform.__name__,
        homepage=f"https://{host}/",
        host=host,
        keys="".join(
            f'    {key} = ""  # The key of the tenant, as its pages have it.\n' for key in _tenant_keys(platform)
        ),
    )


def _tenant_keys(platform: type[Source]) -> list[str]:
    """What the platform declares and leaves to its sources."""
    return [key for key in vars(platform).get("__annotations__", {}) if not hasattr(platform, key)]
