"""Evidence: why we believe a number - registers, their coverage, where a source or a claim is used."""
