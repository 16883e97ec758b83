"""What can be said of lines of things without changing anything: how risky a use is, where it is, what breaks limits (R-19)."""
