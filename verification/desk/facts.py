"""Entered against read against the authority: the rows a reviewer compares."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from realname import masking
from realname.vault.errors import KeyErased
from registration.models import Application
from registration.models.identity import Identity
from registration.numbers import freed_on, number_to_register
from verification.checks.field_consistency import compared_fields, entered_text, same
from verification.checks.read import read_fields
from verification.desk.words import FIELDS, value_in_words
from verification.models import Check
from verification.sources.order import SOURCES
from verification.sources.outcomes import Outcome as SourceOutcome
from verification.states import CheckKind

_MASKS: dict[str, Callable[[str], str]] = {
    "name": masking.mask_name,
    "other_name": masking.mask_name,
    "id_number": masking.mask_id_number,
    "address": masking.mask_address,
    "residence": masking.mask_address,
    "phone": masking.mask_phone,
    "chosen_number": masking.mask_phone,
    "email": masking.mask_email,
}
HIDDEN = "***"
ALSO = ("phone", "chosen_number", "residence", "email")
# Which of the two fields it asked about each answer of the registry speaks of.
_AUTHORITY: dict[str, dict[str, str]] = {
    SourceOutcome.MATCH: {"name": "same", "id_number": "same"},
    SourceOutcome.MISMATCH_NAME: {"name": "differs", "id_number": "same"},
    SourceOutcome.MISMATCH_ID: {"id_number": "differs"},
    SourceOutcome.MISMATCH_BOTH: {"name": "differs", "id_number": "differs"},
    SourceOutcome.MISMATCH_UNSPECIFIED: {"name": "doubtful", "id_number": "doubtful"},
    SourceOutcome.NO_RECORD: {"name": "none", "id_number": "none"},
}


@dataclass(frozen=True)
class Row:
    """One field. `read_mark` is same, differs, doubtful or unread; `authority_mark` same, differs, doubtful, none or empty."""

    field: str
    label: str
    entered: str
    read: str
    read_mark: str
    confidence: int | None  # percent, the engine's own
    authority_mark: str


def compare(identity: Identity, checks: dict[str, Check], *, full: bool) -> list[Row]:
    """Every field of one party's document, beside their checks by the plain kinds. Masked unless `full`."""
    read = _read(checks)
    authority = _authority(checks.get(CheckKind.AUTHORITY_IDENTITY))
    return [_row(identity, field, read.get(field), authority.get(field, ""), full=full) for field in compared_fields(identity)]


def also_entered(application: Application, *, full: bool) -> list[tuple[str, str]]:
    """What was entered and stands on no card: (label, value)."""
    values = [(field, _entered(application, field)) for field in ALSO]
    rows = [(str(FIELDS[field]), shown(field, value, full=full)) for field, value in values if value]
    if application.representation and (own := _entered(application.representative, "phone")):
        rows.append((str(_("Phone of who acts")), shown("phone", own, full=full)))
    return rows


def recycled_on(application: Application) -> date | None:
    """The day on which another holder left the number that is to be registered: what is known of it may be of them (P-PAR-1)."""
    try:
        return freed_on(number_to_register(application))
    except KeyErased:
        return None


def shown(field: str, value: str, *, full: bool) -> str:
    """A value for the screen: in words, or masked."""
    if full or not value:
        return value_in_words(value)
    return _MASKS[field](value) if field in _MASKS else HIDDEN


def _row(identity: Identity, field: str, read: dict | None, authority: str, *, full: bool) -> Row:
    entered = _entered(identity, field)
    text = read["text"] if read else ""
    return Row(
        field=field,
        label=str(identity.document.number.label if field == "id_number" else FIELDS[field]),
        entered=shown(field, entered, full=full),
        read=shown(field, text, full=full),
        read_mark=_mark(field, entered, read),
        confidence=round(read["confidence"] * 100) if read and read.get("confidence") is not None else None,
        authority_mark=authority,
    )


def _mark(field: str, entered: str, read: dict | None) -> str:
    if read is None:
        return "unread"
    if not same(field, entered, read):
        return "differs"
    return "doubtful" if read.get("review") else "same"


def _entered(identity: Identity, field: str) -> str:
    try:
        return entered_text(identity, field)
    except KeyErased:
        return ""


def _read(checks: dict[str, Check]) -> dict[str, dict]:
    try:
        return read_fields(checks)
    except KeyErased:
        return {}


def answers(check: Check) -> list[dict[str, Any]]:
    """What each source that was asked said, side by side, and how fresh it is (P-VER-2). Nothing personal is in it."""
    try:
        given = (check.detail or {}).get("answers", [])
    except KeyErased:
        return []
    return [
        {
            "source": SOURCES[each["source"]].label if each["source"] in SOURCES else each["source"],
            "says": SourceOutcome(each["outcome"]).label,
            "lines": each["lines"],
            "asked_at": parse_datetime(each["asked_at"]),
            "reused": each["reused"],
            "reference": each["reference"],
        }
        for each in given
    ]


def _authority(check: Check | None) -> dict[str, str]:
    if check is None or not check.has_ended:
        return {}
    return next((_AUTHORITY[code] for code in check.findings if code in _AUTHORITY), {})
