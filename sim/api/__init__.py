"""Python: load a scenario, play it, and see the shares beside what they mean."""
