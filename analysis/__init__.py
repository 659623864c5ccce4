"""What we make of the runs: methods applied, figures drawn, one page to read."""
