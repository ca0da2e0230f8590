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
    """What `python -m MODULE ARGUMENTS` prints in a folder, and how it ends; the environment is ours if none is given."""
    argv = [module, *arguments]
    with TemporaryDirectory() as name:
        streams = Path(name)
        (streams / "0").write_text(stdin, encoding="utf-8")
        given = dict(os.environ if environment is None else environment)
        process = _FORKS.Process(target=_run, args=(argv, cwd, given, streams))
        process.start()
        process.join(_SECONDS)
        if process.exitcode is None:
            process.kill()
            raise TimeoutExpired(argv, _SECONDS)
        out, err = ((streams / descriptor).read_text(encoding="utf-8") for descriptor in "12")
        return CompletedProcess(argv, process.exitcode, out, err)


def _run(argv: list[str], cwd: Path, environment: Mapping[str, str], streams: Path) -> None:
    """In the forked process: `streams` holds what is read from descriptor 0, and gets what goes to 1 and 2."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(cwd)
    for descriptor in (0, 1, 2):
        os.dup2(os.open(streams / str(descriptor), os.O_RDWR | os.O_CREAT), descriptor)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)  # multiprocessing gave it none.
    sys.argv = argv
    run_module(argv[0], run_name="__main__", alter_sys=True)
