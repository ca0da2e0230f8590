"""A text in the languages of the files that `schedule` prints. Each has its own characters that mean something."""

from __future__ import annotations

import json
import re
import shlex

from jobscraper.model.errors import JobscraperError

_UNPRINTABLE = "a character that cannot be printed"
_PLAIN_PROGRAM = re.compile(r"[\w/.+-]+")


class QuotingError(JobscraperError):
    """A path cannot be written into such a file; nothing was printed."""


def for_cron(command: str, text: str) -> str:
    """A word of a command in a crontab. The shell reads it after cron, to which % is a line break; which cron takes two
    backslashes for one differs.

    :raises QuotingError: no cron would hand it on as it is.
    """
    _refuse(text, {"\\": "a backslash"}, command)
    return shlex.quote(text).replace("%", r"\%")


def for_systemd(text: str) -> str:
    """The whole value of a setting of a unit, such as `WorkingDirectory=`: % begins what systemd fills in.

    :raises QuotingError: no unit can hold it.
    """
    # A colon parts source from target in the settings that bind folders.
    _refuse(text, {"\\": "a backslash", ":": "a colon"}, "systemd")
    return text.replace("%", "%%")


def for_systemd_list(*texts: str) -> str:
    """Words of a setting that takes several, such as `ReadWritePaths=`; only those that need it are quoted."""
    return " ".join(_word(for_systemd(text)) for text in texts)


def for_systemd_tmpfs(*texts: str) -> str:
    """Folders of `TemporaryFileSystem=`, each empty and read-only."""
    return " ".join(_word(f"{for_systemd(text)}:ro") for text in texts)


def for_systemd_command(program: str, *arguments: str) -> str:
    """A command of a unit. $ begins a variable there, but not in the name of the program, which may hold no quotation marks:
    where it holds anything but plain letters, `env` is the program.
    """
    words = (program, *arguments)
    if not _PLAIN_PROGRAM.fullmatch(program):
        words = ("/usr/bin/env", *words)
    return for_systemd_list(*words).replace("$", "$$")


def for_systemd_variable(name: str, value: str) -> str:
    """A variable of a unit, for `Environment=`."""
    return _word(f"{name}={value}".replace("%", "%%"))


def for_yaml(text: str) -> str:
    """A text in YAML, of which JSON's texts are a part."""
    return json.dumps(text, ensure_ascii=False)


def for_containerfile(text: str) -> str:
    """The value of an `ENV` in a Containerfile, in which $ begins a variable."""
    return '"' + re.sub(r'(["\\$])', r"\\\1", text) + '"'


def _word(text: str) -> str:
    return '"' + text.replace('"', r"\"") + '"' if re.search(r"[^\w/.:+%@=~,-]", text) else text


def _refuse(text: str, characters: dict[str, str], language: str) -> None:
    found = next((named for char, named in characters.items() if char in text), None)
    if not text.isprintable():
        found = _UNPRINTABLE
    if found or text != text.strip():
        what = found or "a space at its beginning or end"
        raise QuotingError(
            f"{text!r}: has {what}, which {language} does not take; move it to a folder with another name"
        )
