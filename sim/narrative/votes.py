"""Votes, told in short: everyone's yes and no with the surplus, and the closest call."""

from collections.abc import Iterator, Sequence

from sim.narrative.digest import Ballot, Digest, Nearness, Verdict
from sim.narrative.items import AGREED, TURN, Item, describe_frequency, draw_together, say
from sim.narrative.names import join_words
from sim.narrative.story import format_week
from sim.narrative.turning_points import format_surplus
from sim.narrative.wording import begin, format_rounded

FEW = 2
"""Issues by which a package may differ from an earlier one to be told by the difference."""


class VoteTeller:
    """Tells ballots; a package that was spelled out before is named by the week in which it was."""

    def __init__(self, digest: Digest) -> None:
        self.packages = digest.packages
        self.contents = digest.contents
        self.things = digest.things
        self.inherited = digest.inherited
        self.first_told: dict[int, int] = {}

    def tell(self, ballots: Sequence[Ballot], gap: int) -> Iterator[Item]:
        """Ballots in order, those on the same package with the same answers drawn together."""
        for series in draw_together(ballots, _name_ballot, _get_week, gap):
            last, weeks = series[-1], [ballot.week for ballot in series]
            words = {"terms": self._name_package(last.package, weeks[0]), "often": describe_frequency(weeks)}
            words["votes"] = describe_votes(last.verdicts)
            rank = AGREED if last.passed else TURN
            yield Item(weeks[0], weeks[-1], rank, self._tell_ballot(last, words), last.package)

    def _tell_ballot(self, ballot: Ballot, words: dict[str, str]) -> str:
        if not ballot.at_summit:
            return say("signed" if ballot.passed else "refused", **words)
        return say("summit-failed", **words, seat=ballot.seat, case=self.things)

    def _name_package(self, package: int, week: int) -> str:
        if package == self.inherited:
            return say("as-before")
        first = self.first_told.setdefault(package, week)
        if first != week:
            return say("as-in-week", week=format_week(first))
        for told, told_in in self.first_told.items():
            new = [new for new, old in zip(self.contents[package], self.contents[told], strict=True) if new != old]
            if told_in < week and len(new) <= FEW:
                return say("as-in-week-but", week=format_week(told_in), terms="; ".join(new))
        return say("quoted", text=self.packages[package])

    def tell_closest_call(self, ballots: Sequence[Ballot], nearest: Nearness | None) -> str:
        """The week in which a deal came nearest; empty if one was signed."""
        if any(ballot.passed for ballot in ballots):
            return ""
        if ballots:
            ballot = max(ballots, key=lambda ballot: ballot.margin)
            return self._tell_closest_ballot(ballot)
        if nearest is None:
            return ""
        key = "closest-open" if nearest.surplus > 0.0 else "closest-untried"
        words = {"case": self.things, "name": nearest.name, "surplus": format_rounded(abs(nearest.surplus))}
        return say(key, **words, week=format_week(nearest.week), terms=self.packages[nearest.package])

    def _tell_closest_ballot(self, ballot: Ballot) -> str:
        refusing = [verdict for verdict in ballot.verdicts if not verdict.yes]
        words = {"week": format_week(ballot.week)}
        against = min(refusing, key=lambda verdict: verdict.margin, default=None)
        if against is None or against.surplus is None:
            return say("closest-unconfirmed", **words)
        words |= {"surplus": format_rounded(abs(against.margin))}
        return say("closest-luck" if against.margin > 0.0 else "closest-short", name=against.name, **words)


def _get_week(ballot: Ballot) -> int:
    return ballot.week


def _name_ballot(ballot: Ballot) -> tuple[object, ...]:
    answers = tuple((str(verdict.name), verdict.yes, verdict.by_luck) for verdict in ballot.verdicts)
    return ballot.package, ballot.week if ballot.passed else None, ballot.at_summit, answers


def describe_votes(verdicts: Sequence[Verdict]) -> str:
    """Everyone's yes and no, each with its surplus."""
    said = []
    for key, yes in (("yes", True), ("no", False)):
        named = [_describe_verdict(verdict) for verdict in verdicts if verdict.yes is yes]
        said += [say(key, names=join_words(named))] if named else []
    return begin("; ".join(said))


def _describe_verdict(verdict: Verdict) -> str:
    if verdict.surplus is None:
        return say("verdict-of-institution", name=verdict.name)
    words = {"name": verdict.name, "surplus": format_surplus(verdict.surplus)}
    if verdict.pressed:
        return say("verdict-pressed", **words)
    if verdict.by_luck:
        return say("verdict-by-luck", **words)
    if not verdict.yes and verdict.surplus > 0.0:
        return say("verdict-bargains-on", **words)
    return say("verdict-against-threat" if verdict.yes and verdict.surplus <= 0.0 else "verdict", **words)
