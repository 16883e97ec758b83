"""Does what was entered agree with what is printed? (P-VER-1)"""

import unicodedata

from realname.ids import names
from realname.queue import Queue
from registration.models import Application
from verification.checks.base import Context, Result, failed, inconclusive, passed
from verification.states import CheckKind

FRONT = ("name", "sex", "ethnicity", "birth", "address", "id_number")
BACK = ("authority", "valid_from", "valid_to")
# Without these read and equal nothing passes by itself.
ESSENTIAL = ("name", "id_number")


class FieldConsistency:
    """Entered against OCR, field by field."""

    kind = CheckKind.FIELD_CONSISTENCY
    queue = Queue.FAST
    after = (CheckKind.OCR_FRONT, CheckKind.OCR_BACK)

    def run(self, context: Context) -> Result:
        """Fail on a field read with confidence that differs; a doubtful or missing one is a person's to judge."""
        read = {
            **(context.before[CheckKind.OCR_FRONT].detail or {}).get("fields", {}),
            **(context.before[CheckKind.OCR_BACK].detail or {}).get("fields", {}),
        }
        differ, doubtful = [], []
        for field in (*FRONT, *BACK):
            seen = read.get(field)
            entered = entered_text(context.application, field)
            if seen is None:
                doubtful += [field] if field in ESSENTIAL else []
            elif not same(field, entered, seen["text"]):
                (doubtful if seen.get("review") and field not in ESSENTIAL else differ).append(field)
        detail = {"read": {field: seen["text"] for field, seen in read.items()}, "differ": differ, "doubtful": doubtful}
        if differ:
            return failed("FIELDS_DIFFER", findings=[f"{field}_differs" for field in differ], detail=detail)
        if doubtful:
            return inconclusive("FIELDS_UNCERTAIN", findings=[f"{field}_doubtful" for field in doubtful], detail=detail)
        return passed(detail=detail)


def entered_text(application: Application, field: str) -> str:
    """A field as the person stands by it, in the form OCR gives."""
    if field == "valid_to" and application.valid_long_term:
        return "long_term"
    value = getattr(application, field)
    return value.isoformat() if hasattr(value, "isoformat") else value or ""


def same(field: str, entered: str, read: str) -> bool:
    """Equal for a reader: width, spaces and punctuation don't count in addresses, `·` variants don't in names."""
    if field == "name":
        return names.same_name(entered, read)
    if field in {"address", "authority"}:
        return _letters(entered) == _letters(read)
    return entered.strip().casefold() == read.strip().casefold()


def _letters(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text)
    return "".join(char for char in folded if unicodedata.category(char)[0] in "LN")
