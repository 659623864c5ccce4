"""What we make of the runs: questions answered, figures drawn, one page to read."""
