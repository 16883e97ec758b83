"""Lists of many people: taken in, confirmed, worked through row by row; and the invited person who accepts."""
