"""All tests: what they start hears Ctrl-C, also where the shell has muted it for a command in the background."""

import signal

signal.signal(signal.SIGINT, signal.default_int_handler)
