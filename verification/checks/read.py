"""What the machines read of a document, whichever check it came from."""

from verification.models import Check
from verification.states import CheckKind

# in the order in which a later one wins: a zone has check digits, print has none
READERS = (CheckKind.OCR_FRONT, CheckKind.OCR_BACK, CheckKind.MRZ)


def read_fields(checks: dict[str, Check]) -> dict[str, dict]:
    """The fields by name, as `verification.reading` keeps them. Raises vault.KeyErased."""
    fields: dict[str, dict] = {}
    for kind in READERS:
        check = checks.get(kind)
        fields |= ((check.detail if check else None) or {}).get("fields", {})
    return fields
