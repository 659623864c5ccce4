"""New case: from answers, or from a textbook case, to the folder of a scenario that passes its check."""
