"""Patterns for tests: one that texts describe, and one of our own."""

from sim.schema.pattern import Pattern

PATTERNS = {
    "round": Pattern.model_validate(
        {
            "label": "Threat and call",
            "summary": "Upton threatens, and Loweton calls.",
            "because": ("dam-idle",),
            "within_weeks": 8,
            "steps": [{"event": "threaten", "by": "upton"}, {"event": "call", "by": "loweton"}],
        }
    ),
    "refusal": Pattern.model_validate(
        {
            "label": "A plan refused",
            "summary": "A plan is refused.",
            "assumed": "it is common elsewhere",
            "within_weeks": 0,
            "steps": [{"event": "plan-refused"}],
        }
    ),
}
