"""Evidence: why we believe a number - sources, claims, quantities."""
