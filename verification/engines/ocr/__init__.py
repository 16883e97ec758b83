"""Reads the fields of a card: detection, recognition, parsing, and what of it is doubtful."""
