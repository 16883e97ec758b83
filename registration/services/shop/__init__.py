"""Acts of and in a shop (P-REG-6, R-08)."""
