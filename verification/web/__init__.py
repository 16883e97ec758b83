"""What verification serves to everybody."""
