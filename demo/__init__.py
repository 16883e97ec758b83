"""Everything the demonstration needs on top of the product: specimens, walks, the table."""
