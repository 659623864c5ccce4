"""Term matching: do the terms of an agreement satisfy a condition?"""

from sim.schema.conditions import TermsCondition
from sim.schema.issue import Issue


def find_option_index(issue: Issue, option: str) -> int:
    """Number of an option, counted from 0."""
    return list(issue.options).index(option)


def satisfies(condition: TermsCondition, terms: dict[str, str], issues: dict[str, Issue]) -> bool:
    """True if the terms satisfy the condition."""
    checks = []
    if condition.issue:
        issue = issues[condition.issue]
        chosen = find_option_index(issue, terms[condition.issue])
        checks.append(condition.at_least is None or chosen >= find_option_index(issue, condition.at_least))
        checks.append(condition.at_most is None or chosen <= find_option_index(issue, condition.at_most))
    if condition.sum_of:
        total = sum(find_option_index(issues[name], terms[name]) for name in condition.sum_of)
        checks.append(total >= (condition.reaches or 0))
    if condition.any_of:
        checks.append(any(satisfies(inner, terms, issues) for inner in condition.any_of))
    checks += [satisfies(inner, terms, issues) for inner in condition.all_of]
    return all(checks)
