"""A ciphertext on its way between the database and an attribute."""


class Sealed:
    """An encrypted value that has not been opened. Shows nothing, compares with nothing, is safe to pickle and log."""

    __slots__ = ("envelope",)

    def __init__(self, envelope: bytes) -> None:
        self.envelope = envelope

    def __repr__(self) -> str:
        return "<sealed>"

    __hash__ = None  # equal texts have different ciphertexts: a set or a dict of them would only mislead
