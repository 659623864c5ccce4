"""Conftest of all tests: what they start hears Ctrl-C, also where a shell has muted it for the background."""

import signal

signal.signal(signal.SIGINT, signal.default_int_handler)
