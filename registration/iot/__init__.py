"""What can be said of lines of things without changing anything: what a use is worth in risk, where it is, what breaks its limits (R-19)."""
