"""Terms: does a content of an agreement fit a condition?"""

from sim.spec.condition import Terms
from sim.spec.issue import Issue


def number(issue: Issue, option: str) -> int:
    """Number of an option, counted from 0."""
    return list(issue.options).index(option)


def fits(terms: Terms, content: dict[str, str], issues: dict[str, Issue]) -> bool:
    """True if the content has these terms."""
    checks = []
    if terms.issue:
        issue = issues[terms.issue]
        chosen = number(issue, content[terms.issue])
        checks.append(terms.at_least is None or chosen >= number(issue, terms.at_least))
        checks.append(terms.at_most is None or chosen <= number(issue, terms.at_most))
    if terms.sum_of:
        total = sum(number(issues[name], content[name]) for name in terms.sum_of)
        checks.append(total >= (terms.reaches or 0))
    if terms.any_of:
        checks.append(any(fits(inner, content, issues) for inner in terms.any_of))
    checks += [fits(inner, content, issues) for inner in terms.all_of]
    return all(checks)
