"""Units: the measures in which every number of a scenario is given.

Worth is measured on each actor's own scale from its worst (0) to its best (1) settlement.
Time is counted in weeks, the military balance in logit points (positive favours the first side).
"""

from typing import Literal

Worth = float
"""Worth on an actor's own scale: 0 is its worst settlement, 1 its best."""

Chance = float
"""Probability between 0 and 1."""

Weeks = float
"""Number of weeks."""

Logits = float
"""Points on the logit scale of the contest; positive favours the first side."""

Unit = Literal["worth", "worth/week", "chance", "chance/week", "weeks", "logits", "logits/week", "share", "factor"]
"""Names of units that a quantity may carry."""
