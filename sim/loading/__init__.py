"""Loading: YAML becomes a checked scenario - extends, overrides, answers to open questions, errors with their lines."""
