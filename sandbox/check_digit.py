"""The check character of an ID number."""

# GB 11643-1999: weights of the first 17 digits, and the check characters by remainder (ISO 7064 MOD 11-2).
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"


def check_character(digits: str) -> str:
    """The eighteenth character for the first seventeen."""
    return CHECK_CHARACTERS[sum(int(digit) * weight for digit, weight in zip(digits[:17], WEIGHTS, strict=True)) % 11]
