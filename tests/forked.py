"""`python -m MODULE`, forked from a process that has all loaded: to start Python and Scrapy anew takes two seconds."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from multiprocessing import get_context
from pathlib import Path
from runpy import run_module
from subprocess import CompletedProcess, TimeoutExpired
from tempfile import TemporaryDirectory

_FORKS = get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.loaded"])
_SECONDS = 120


def python_m(
    module: str, *arguments: str, cwd: Path, environment: Mapping[str, str] | None = None, stdin: str = ""
) -> CompletedProcess[str]:
    """What `python -m MODULE ARGUMENTS` prints in a folder, and how it ends."""
    with TemporaryDirectory() as name:
        streams = [Path(name) / stream for stream in ("in", "out", "err")]
        streams[0].write_text(stdin, encoding="utf-8")
        process = _FORKS.Process(
            target=_be, args=(module, arguments, cwd, dict(os.environ if environment is None else environment), streams)
        )
        process.start()
        process.join(_SECONDS)
        if process.exitcode is None:
            process.kill()
            raise TimeoutExpired([module, *arguments], _SECONDS)
        out, err = (stream.read_text(encoding="utf-8") for stream in streams[1:])
        return CompletedProcess([module, *arguments], process.exitcode, out, err)


def _be(
    module: str, arguments: tuple[str, ...], cwd: Path, environment: Mapping[str, str], streams: list[Path]
) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(cwd)
    for descriptor, (stream, flags) in enumerate(
        zip(streams, (os.O_RDONLY, os.O_WRONLY | os.O_CREAT, os.O_WRONLY | os.O_CREAT), strict=True)
    ):
        os.dup2(os.open(stream, flags), descriptor)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)  # multiprocessing gave it none.
    sys.argv = [module, *arguments]
    run_module(module, run_name="__main__", alter_sys=True)
