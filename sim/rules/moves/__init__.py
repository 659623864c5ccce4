"""Moves: what each move is worth; one file a move.

A move's worth is the change in the chance of an agreement times its worth, minus the punishment expected, minus the
price of the move.
"""
