"""Names: what is named in a sentence, in the grammatical case and number that the sentence needs.

Read aloud
    A name is written as it stands inside a sentence, with its article. A language with cases writes three forms with
    bars between: nominative, accusative, dative, as in `der Chor | den Chor | dem Chor`; one form stands for all.
    `{actor}` is the nominative, `{actor.acc}` and `{actor.dat}` are the others, and `{actor:griff|griffen}` picks the
    verb by the number of the subject.
"""

from collections.abc import Sequence

from sim.i18n import messages

ONE_ARTICLE_OF_MANY = ("die", "den")
"""Article of a German plural in nominative and dative; together they mark no singular."""


class Name(str):
    """A name; as text it is the nominative."""

    acc: str
    """Accusative."""
    dat: str
    """Dative."""
    plural: bool
    """True if verbs stand in the plural."""

    def __new__(cls, forms: Sequence[str], *, plural: bool = False) -> "Name":
        """A name from its forms, the nominative first."""
        made = super().__new__(cls, forms[0])
        made.acc, made.dat = (forms[1], forms[2]) if len(forms) > 2 else (forms[0], forms[0])
        first = (forms[0].split(" ")[0].lower(), made.dat.split(" ")[0].lower())
        made.plural = plural or first == ONE_ARTICLE_OF_MANY
        return made

    def __format__(self, wanted: str) -> str:
        """The name, or the one of two verbs that agrees with it."""
        one, bar, many = wanted.partition("|")
        return (many if self.plural else one) if bar else super().__format__(wanted)


def parse_name(text: str) -> Name:
    """A name from its forms with bars between."""
    return Name([form.strip() for form in text.split("|")])


def join_names(names: Sequence[str]) -> Name:
    """Several names as one, in every case."""
    given = [name if isinstance(name, Name) else Name([name]) for name in names]
    forms = [[str(name) for name in given], [name.acc for name in given], [name.dat for name in given]]
    return Name([join_words(form) for form in forms], plural=len(given) > 1 or given[0].plural)


def join_words(words: Sequence[str], last: str = "words.and") -> str:
    """Words as a list, with `and` or another word before the last."""
    *others, end = words
    return f"{', '.join(others)} {messages.message(last)} {end}" if others else end
