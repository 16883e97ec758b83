"""Does what was entered agree with what is printed? (P-VER-1)"""

import unicodedata

from realname.ids import latin_names, names
from realname.queue import Queue
from registration.models.identity import Identity
from verification.checks.base import Context, Result, failed, inconclusive, passed
from verification.checks.read import READERS, read_fields
from verification.states import CheckKind

# Without these read and equal nothing passes by itself.
ESSENTIAL = ("name", "id_number")


class FieldConsistency:
    """Entered against what the machines read, field by field."""

    kind = CheckKind.FIELD_CONSISTENCY
    queue = Queue.FAST
    after = READERS

    def run(self, context: Context) -> Result:
        """Fail on a field read with confidence that differs; a doubtful or missing one is a person's to judge."""
        read = read_fields(context.before)
        differ, doubtful = [], []
        for field in compared_fields(context.identity):
            seen = read.get(field)
            entered = entered_text(context.identity, field)
            if seen is None:
                doubtful += [field] if field in ESSENTIAL else []
            elif not same(field, entered, seen):
                (doubtful if seen.get("review") and field not in ESSENTIAL else differ).append(field)
        detail = {"read": {field: seen["text"] for field, seen in read.items()}, "differ": differ, "doubtful": doubtful}
        if differ:
            return failed("FIELDS_DIFFER", findings=[f"{field}_differs" for field in differ], detail=detail)
        if doubtful:
            return inconclusive("FIELDS_UNCERTAIN", findings=[f"{field}_doubtful" for field in doubtful], detail=detail)
        return passed(detail=detail)


def compared_fields(identity: Identity) -> tuple[str, ...]:
    """The fields of this type of document; long-term is an end of validity."""
    return tuple(name for name in identity.document.field_names if name != "valid_long_term")


def entered_text(identity: Identity, field: str) -> str:
    """A field as the person stands by it, in the form the readers give."""
    if field == "valid_to" and identity.valid_long_term:
        return "long_term"
    value = getattr(identity, field)
    return value.isoformat() if hasattr(value, "isoformat") else value or ""


def same(field: str, entered: str, read: dict) -> bool:
    """Equal for a reader: width, spaces and punctuation don't count in addresses, `·` variants don't in names.

    A name of a machine-readable zone (`zone`) has its own spelling.
    """
    text = read["text"]
    if zone := read.get("zone"):
        return latin_names.same(entered, zone["surname"], zone["given_names"], cut=zone["cut"])
    if field in {"name", "other_name"}:
        return names.same_name(entered, text)
    if field in {"address", "authority"}:
        return _letters(entered) == _letters(text)
    return entered.strip().casefold() == text.strip().casefold()


def _letters(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text)
    return "".join(char for char in folded if unicodedata.category(char)[0] in "LN")
