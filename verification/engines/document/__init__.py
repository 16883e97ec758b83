"""Finds a card in a photograph, brings it upright and flat, and says what is wrong with it."""
