"""Zopa on the command line: which commands there are, in the order one uses them."""

if __name__ == "__main__":  # before anything else is loaded: from here on, Ctrl-C is heard
    from sim.cli.start import main

    main()

from importlib.metadata import PackageNotFoundError, version
from typing import Annotated

import typer

from sim.cli.attribute import attribute
from sim.cli.attribute_pairs import attribute_pairs
from sim.cli.baselines import baselines
from sim.cli.check import check
from sim.cli.cite import cite
from sim.cli.coding import coding
from sim.cli.compare_views import compare
from sim.cli.contradictions import contradictions
from sim.cli.coverage import coverage
from sim.cli.discover import discover
from sim.cli.effects import effects
from sim.cli.error_handling import ErrorHandlingGroup
from sim.cli.explain import explain
from sim.cli.export import export
from sim.cli.forecast import forecast
from sim.cli.hindcast import hindcast
from sim.cli.images import images
from sim.cli.import_files import import_files
from sim.cli.list import list_scenarios
from sim.cli.new import new
from sim.cli.patterns import patterns
from sim.cli.play import play
from sim.cli.replay import replay
from sim.cli.report import report
from sim.cli.results import results
from sim.cli.rooms import rooms
from sim.cli.run import run
from sim.cli.schema import schema
from sim.cli.seat import seat
from sim.cli.sensitivity import sensitivity
from sim.cli.serve import serve
from sim.cli.solve import solve
from sim.cli.suggest_menu import suggest_menu
from sim.cli.vary import vary
from sim.cli.view import view
from sim.cli.zone import zone

EVERY_DAY, CLASSROOM, EVIDENCE, AUTHORING = "Every day", "Classroom", "Evidence", "Authoring"
HELP = """Negotiation scenario simulator: how likely each outcome is under each source's assumptions.

Results are shares of runs under assumption sets, never forecasts. `zopa run` plays the default case."""

app = typer.Typer(
    name="zopa",
    cls=ErrorHandlingGroup,
    help=HELP,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    """Print the version and end."""
    if asked:
        try:
            typer.echo(f"zopa {version('zopa-simulator')}")
        except PackageNotFoundError:
            typer.echo("zopa (not installed)")
        raise typer.Exit


Version = Annotated[bool, typer.Option("--version", help="Print the version.", callback=_version, is_eager=True)]


@app.callback(invoke_without_command=True)
def zopa(ctx: typer.Context, show_version: Version = False) -> None:
    """Without a command, show what there is."""
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


app.command("list", rich_help_panel=EVERY_DAY)(list_scenarios)
app.command(rich_help_panel=EVERY_DAY)(check)
app.command(rich_help_panel=EVERY_DAY)(run)
app.add_typer(compare, name="compare", rich_help_panel=EVERY_DAY)
app.command(rich_help_panel=EVERY_DAY)(vary)
app.command(rich_help_panel=EVERY_DAY)(attribute)
app.command(rich_help_panel=EVERY_DAY)(attribute_pairs)
app.command(rich_help_panel=EVERY_DAY)(zone)
app.command(rich_help_panel=EVERY_DAY)(patterns)
app.command(rich_help_panel=EVERY_DAY)(effects)
app.command(rich_help_panel=EVERY_DAY)(sensitivity)
app.command(rich_help_panel=EVERY_DAY)(discover)
app.command(rich_help_panel=EVERY_DAY)(solve)
app.command(rich_help_panel=EVERY_DAY)(baselines)
app.command(rich_help_panel=EVERY_DAY)(hindcast)
app.add_typer(forecast, name="forecast", rich_help_panel=EVERY_DAY)
app.command(rich_help_panel=EVERY_DAY)(play)
app.command(rich_help_panel=EVERY_DAY)(results)
app.command(rich_help_panel=EVERY_DAY)(replay)
app.command(rich_help_panel=EVERY_DAY)(seat)
app.command(rich_help_panel=EVERY_DAY)(report)
app.command(rich_help_panel=EVERY_DAY)(export)
app.command(rich_help_panel=EVERY_DAY)(images)
app.command(rich_help_panel=CLASSROOM)(serve)
app.command(rich_help_panel=CLASSROOM)(rooms)
app.command(rich_help_panel=EVIDENCE)(cite)
app.add_typer(contradictions, name="contradictions", rich_help_panel=EVIDENCE)
app.add_typer(coding, name="coding", rich_help_panel=EVIDENCE)
app.command(rich_help_panel=EVIDENCE)(explain)
app.command(rich_help_panel=EVIDENCE)(coverage)
app.command(rich_help_panel=EVIDENCE)(schema)
app.command(rich_help_panel=AUTHORING)(new)
app.add_typer(view, name="view", rich_help_panel=AUTHORING)
app.command("import", rich_help_panel=AUTHORING)(import_files)
app.command(rich_help_panel=AUTHORING)(suggest_menu)
