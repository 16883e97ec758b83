"""Stage 1: a person asks for a line."""
