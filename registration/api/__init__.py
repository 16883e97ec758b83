"""What machines ask of this stage."""
