"""Experiments: ensembles in series - sweeps, weekly series, coalitions of themes, menus."""
