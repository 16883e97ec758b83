"""What happens in a person's account, and on the way into it: one file for each thing."""
