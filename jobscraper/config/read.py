"""Reading the settings: the file, then the environment over it. What is wrong is named with its line."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs
import msgspec
from rapidfuzz import process as nearest

from jobscraper.config.places import clash_of
from jobscraper.config.values import ENVIRONMENT, PATHS, SECRETS, Config, HostLimits
from jobscraper.model.errors import JobscraperError

Keys = tuple[str, ...]
"""Where a setting stands: the names of its tables, then its own."""

FILE = "jobscraper.toml"
"""In the current folder, unless JOBSCRAPER_CONFIG names another."""


class ConfigError(JobscraperError):
    """A setting is wrong; nothing was done."""


@attrs.frozen(kw_only=True)
class Settings:
    """The settings, and where each that is not the default comes from: `jobscraper.toml:3`, or a variable's name."""

    config: Config
    origins: Mapping[Keys, str]
    file: Path | None


def config() -> Config:
    """The settings as they are now.

    :raises ConfigError: one is wrong.
    """
    return settings(os.environ).config


def settings(environment: Mapping[str, str]) -> Settings:
    """The settings of the file that the environment names, or of the one in the current folder, and of the environment.

    :raises ConfigError: one is wrong, or the file that is named is not there.
    """
    named = environment.get("JOBSCRAPER_CONFIG")
    path = Path(named or FILE)
    if named and not path.is_file():
        raise ConfigError(f"{path}: no such file; JOBSCRAPER_CONFIG names the file of settings")
    return read(path if path.is_file() else None, environment)


def read(path: Path | None, environment: Mapping[str, str]) -> Settings:
    """The settings of a file, and of the environment over it.

    :raises ConfigError: one is wrong.
    """
    text = _text(path) if path else ""
    try:
        tree: dict[str, Any] = tomllib.loads(text)
    except RecursionError:
        raise ConfigError(f"{path}: tables or lists nested too deep; no setting is") from None
    except ValueError as error:  # Of which TOMLDecodeError is one; a number of thousands of digits is another.
        what, _, where = str(error).partition(" (at line ")
        line = where.partition(",")[0] or str(text.count("\n") + 1)
        raise ConfigError(f"{path}:{line}: {what[0].lower()}{what[1:]}") from None
    origins = {keys: f"{path}:{line}" for keys, line in _lines(text) if _holds(tree, keys)}
    if path:
        _check_paths(tree, path, origins)
        _from_its_folder(tree, path.parent)
    for variable, keys in ENVIRONMENT.items():
        if value := environment.get(variable):
            _put(tree, keys, value.upper() if keys == ("log_level",) else value)
            origins[keys] = variable
    for keys, value in _strings(tree):
        if wrong := _wrong_text(value):
            raise ConfigError(f"{_origin(keys, path, origins)}: {'.'.join(keys)}: {wrong}")
    config = _converted(tree, path, origins)
    if clash := clash_of(config.archive, config.folders):
        settings = (tuple(name.split(".")) for name in clash.names)
        at = next((keys for keys in settings if keys in origins), ())
        raise ConfigError(f"{_origin(at, path, origins)}: {clash.what}")
    return Settings(config=config, origins=origins, file=path)


def _strings(tree: Mapping[str, Any], keys: Keys = ()) -> Iterator[tuple[Keys, str]]:
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from _strings(value, (*keys, key))
        elif isinstance(value, str):
            yield (*keys, key), value


def _wrong_text(value: str) -> str | None:
    """What is wrong with a text whatever it is for; it is not quoted, as it may be a secret."""
    if not value.strip():
        return "is empty; leave it out, or write what it is"
    if value != value.strip():
        return "begins or ends with a space; leave that out"
    return None if value.isprintable() else "holds a character that cannot be printed, such as a line break"


def _converted(tree: Mapping[str, Any], path: Path | None, origins: Mapping[Keys, str]) -> Config:
    try:
        for host, limits in _hosts(tree).items():  # One by one: msgspec does not tell which key of a table is wrong.
            within: Keys = ("politeness", "hosts", host)
            msgspec.convert(limits, HostLimits)
        within = ()
        return msgspec.convert(tree, Config, dec_hook=_value)
    except msgspec.ValidationError as error:
        raise ConfigError(_in_words(str(error), within, path, origins)) from None


def _hosts(tree: Mapping[str, Any]) -> Mapping[str, Any]:
    politeness = tree.get("politeness", {})
    hosts = politeness.get("hosts", {}) if isinstance(politeness, dict) else {}
    return hosts if isinstance(hosts, dict) else {}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")  # Some editors put a mark before the first line.
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise ConfigError(f"{path}: cannot be read ({why})") from None


def _value(_: type, given: Any) -> Path:
    """Msgspec's question how to make what it does not know, which is a path."""
    if not isinstance(given, str):
        raise ValueError(f"Expected str, got {type(given).__name__}")
    return _expanded(given)


def _expanded(given: str) -> Path:
    """:raises ValueError: it names the home of somebody who is not there."""
    try:
        return Path(given).expanduser()
    except RuntimeError:
        raise ValueError(f"no home is known for {Path(given).parts[0]}; write the path out") from None


def _lines(text: str) -> Iterator[tuple[Keys, int]]:
    """Each setting and each table of a file with its line. The lines are parsed one by one: tomllib tells no places."""
    table: Keys = ()
    for number, line in enumerate(text.splitlines(), 1):
        try:
            parsed = tomllib.loads(line)
        except tomllib.TOMLDecodeError:  # Of a value that goes on over several lines.
            begun = re.match(r"\s*([\w-]+)\s*=", line)
            parsed = {begun[1]: 0} if begun else {}
        keys = _only_path(parsed)
        if line.lstrip().startswith("["):
            table = keys
            yield table, number
        elif keys:
            yield (*table, *keys), number


def _only_path(tree: Any) -> Keys:
    keys = []
    while isinstance(tree, dict) and tree:
        key, tree = next(iter(tree.items()))
        keys.append(key)
    return tuple(keys)


def _holds(tree: Any, keys: Keys) -> bool:
    for key in keys:
        if not isinstance(tree, dict) or key not in tree:
            return False
        tree = tree[key]
    return True


def _put(tree: dict[str, Any], keys: Keys, value: Any) -> None:
    for key in keys[:-1]:
        inner = tree.setdefault(key, {})
        if not isinstance(inner, dict):
            return  # What stands there is wrong anyway, and is told.
        tree = inner
    tree[keys[-1]] = value


def _check_paths(tree: Mapping[str, Any], path: Path, origins: Mapping[Keys, str]) -> None:
    for keys, value in _strings(tree):
        if keys in PATHS and "://" in value:
            wrong = "is an address, not a path; a store is named by --captures or JOBSCRAPER_CAPTURES"
            raise ConfigError(f"{_origin(keys, path, origins)}: {'.'.join(keys)}: {wrong}")


def _from_its_folder(tree: dict[str, Any], folder: Path) -> None:
    """Paths of a file are relative to where it lies, not to where somebody stands."""
    for keys, value in list(_strings(tree)):
        if keys in PATHS and value.strip() and not value.startswith("~"):
            _put(tree, keys, str(folder / value))


_PATH = re.compile(r" - at `\$(.*)`$")
_UNKNOWN = re.compile(r"Object contains unknown field `(.*)`")


def _in_words(said: str, within: Keys, path: Path | None, origins: Mapping[Keys, str]) -> str:
    """Msgspec's complaint with the place where the setting stands, and what is there instead of an unknown one."""
    found = _PATH.search(said)
    what, inner = (said[: found.start()], found[1].split(".")[1:]) if found else (said, [])
    at = (*within, *inner)
    unknown = _UNKNOWN.search(what)
    if unknown:
        names = _table(at).__struct_fields__
        at = (*at, unknown[1])
        near = nearest.extractOne(unknown[1], names, score_cutoff=65)
        what = f"no such setting; {f'did you mean {near[0]}?' if near else 'there are ' + ', '.join(names)}"
    elif (begin := what.split()[0].rstrip(":")) in getattr(_table(at), "__struct_fields__", ()):
        at, what = (*at, begin), what.removeprefix(begin).lstrip(": ")
    return f"{_origin(at, path, origins)}: {'.'.join(at)}: {what.replace('`', '')}"


def _origin(keys: Keys, path: Path | None, origins: Mapping[Keys, str]) -> str:
    """Where a setting stands, or the nearest table around it."""
    for length in range(len(keys), 0, -1):
        if keys[:length] in origins:
            return origins[keys[:length]]
    return str(path or "environment")


def _table(keys: Keys) -> Any:
    """A table with its defaults, or a setting with its own."""
    if keys[:2] == ("politeness", "hosts"):
        return HostLimits()
    table: Any = Config()
    for key in keys:
        table = getattr(table, key)
    return table


def leaves(value: Any, keys: Keys = ()) -> Iterator[tuple[Keys, str]]:
    """Every setting with its value in words; a secret is not told."""
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from leaves(getattr(value, name), (*keys, name))
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, (*keys, name))
    else:
        told = "–" if value is None or value == "" else "(not shown)" if keys in SECRETS else str(value)
        yield keys, told
