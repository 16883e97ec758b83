"""A text as the short messages that carry it (3GPP TS 23.040)."""

# UCS-2 code units of one short message, and of a part that has a concatenation header of 6 octets: 140 octets each.
WHOLE, PART = 70, 67
MOST_PARTS = 10
HEADER = b"\x05\x00\x03"  # 23.040 9.2.3.24.1: five octets follow; concatenated, 8-bit reference; three octets follow


def parts(text: str, *, reference: int) -> list[bytes]:
    """UTF-16 in network order, with a header each where it takes several; no character is cut in two.

    One encoding for every text: what SMSCs take for their default alphabet differs. Raises ValueError past ten parts.
    """
    if _units(text) <= WHOLE:
        return [_encoded(text)]
    chunks = _chunks(text)
    if len(chunks) > MOST_PARTS:
        raise ValueError(f"A message of more than {MOST_PARTS} parts.")
    head = HEADER + bytes([reference & 0xFF, len(chunks)])
    return [head + bytes([number]) + _encoded(chunk) for number, chunk in enumerate(chunks, start=1)]


def _chunks(text: str) -> list[str]:
    chunks = [""]
    units = 0
    for character in text:
        size = _units(character)
        if units + size > PART:
            chunks.append("")
            units = 0
        chunks[-1] += character
        units += size
    return chunks


def _encoded(text: str) -> bytes:
    # a lone surrogate is no character: sent as the question mark it would be shown as
    return text.encode("utf-16-be", errors="replace")


def _units(text: str) -> int:
    return len(_encoded(text)) // 2
