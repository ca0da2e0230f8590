"""The reference of the command line, made from the commands themselves: `python -m jobscraper.cli.reference`."""

from __future__ import annotations

from collections.abc import Iterator

import click

from jobscraper.cli.main import main


def as_markdown() -> str:
    """The help of every command, as the page `docs/cli.md`."""
    intro = "# Commands\n\nMade by `make docs` from the commands themselves. Exit codes: 0 done; 1 something failed, and is\nnamed on stderr in one line; 2 wrong usage.\n"
    return "\n".join([intro, *(_section(name, command) for name, command in commands(main))])


def commands(group: click.Group, prefix: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command of a group and of its groups, by what is typed."""
    for name, command in sorted(group.commands.items()):
        yield f"{prefix}{name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{prefix}{name} ")


def _section(name: str, command: click.Command) -> str:
    # In the context of the group, as a user calls it: click remembers the names of the help option from the first call.
    group = click.Context(main, info_name="jobscraper", **main.context_settings)
    context = click.Context(command, parent=group, info_name=name, terminal_width=100, **command.context_settings)
    return f"## {name}\n\n```text\n{command.get_help(context).rstrip()}\n```\n"


if __name__ == "__main__":
    click.echo(as_markdown(), nl=False)
