"""Source view: a view file for a source of the user's own, blank or coded from its text paragraph by paragraph."""
