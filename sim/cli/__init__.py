"""Command line: one file a command; each parses, calls one workflow and prints."""
