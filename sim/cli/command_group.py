"""Command group: a command that has commands of its own; without one of their names, the first of them is meant."""

from typing import Any

from typer.core import TyperGroup

from sim.cli.examples import add_example


class CommandGroup(TyperGroup):
    """Commands under one name, such as `zopa contradictions rank`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take the first command where none is named, so that `zopa contradictions CASE` lists those of a case."""
        if not args or (args[0] not in self.commands and args[0] not in ("-h", "--help")):
            args = [next(iter(self.commands)), *args]
        return super().parse_args(ctx, args)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A command of the group, with an example under its help."""
        command = super().get_command(ctx, cmd_name)
        if command is not None:
            add_example(command, f"{ctx.info_name} {cmd_name}", ctx)
        return command
