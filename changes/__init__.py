"""Stage 4: keep it true."""
