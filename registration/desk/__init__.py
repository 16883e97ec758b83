"""Staff pages of this stage."""
