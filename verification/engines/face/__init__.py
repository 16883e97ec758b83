"""Finds faces, judges how good they are, and compares them: two engines behind one interface."""
