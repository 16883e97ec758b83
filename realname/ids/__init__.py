"""What people type about themselves: citizen ID numbers, phone numbers, names, addresses.

Plain functions without a database. Each module has `normalise(text)`, which is idempotent, and each refuses bad input with
one named error that carries a `code` and a translated `message` but never the input itself, so that it may be logged.
"""
