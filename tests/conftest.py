"""Conftest of all tests: Ctrl-C is heard, and property tests neither watch the clock nor depend on the day.

By default the examples of a property test follow from its name, so that a failure comes again in every run and on every
machine, and no example is too slow on a busy one. `ZOPA_HYPOTHESIS=search` looks at a thousand others each time.
"""

import os
import signal

from hypothesis import HealthCheck, settings

signal.signal(signal.SIGINT, signal.default_int_handler)

BUSY = [HealthCheck.too_slow]
settings.register_profile("fixed", deadline=None, derandomize=True, suppress_health_check=BUSY)
settings.register_profile("search", deadline=None, max_examples=1000, print_blob=True, suppress_health_check=BUSY)
settings.load_profile(os.environ.get("ZOPA_HYPOTHESIS", "fixed"))
