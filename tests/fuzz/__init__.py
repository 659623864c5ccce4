"""Fuzz: seeded mutations of scenarios, views, results folders and options; nothing may break, hang or pass unseen.

`python -m tests.fuzz --minutes 30` tries for so long and says how many were tried and mishandled, family by family;
`test_fuzz.py` tries a few at every run of the tests.
"""
