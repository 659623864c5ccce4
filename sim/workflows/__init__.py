"""Workflows: what zopa can do, one function each; the command line, Python and pages call them."""
