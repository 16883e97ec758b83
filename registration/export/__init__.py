"""A copy of all we have of a person, for them to take away (R-31)."""
