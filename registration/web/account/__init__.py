"""The pages of a person's account, one file for each."""
