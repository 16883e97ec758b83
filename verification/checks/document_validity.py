"""Is the document in force?"""

from datetime import date

from django.utils import timezone

from realname.queue import Queue
from verification.checks.base import Context, Result, failed, inconclusive, passed
from verification.checks.read import READERS, read_fields
from verification.states import CheckKind


class DocumentValidity:
    """The dates read from the document, and those entered: in force today, not contradicting each other, and of a span that is issued."""

    kind = CheckKind.DOCUMENT_VALIDITY
    queue = Queue.FAST
    after = READERS

    def run(self, context: Context) -> Result:
        """Judge the dates printed; where they could not be read, those entered, and then only a person can pass it.

        An end read with doubt decides nothing: it may have filled in the form as well, so that what was entered agrees with it.
        """
        identity, today = context.identity, timezone.localdate()
        read = read_fields(context.before)
        valid_from, valid_to = _day(read, "valid_from"), _day(read, "valid_to")
        long_term = (read.get("valid_to") or {}).get("text") == "long_term"
        printed = valid_to is not None or long_term
        if printed and read["valid_to"].get("review"):
            return inconclusive("FIELDS_UNCERTAIN", findings=["valid_to_doubtful"], detail={"valid_to": read["valid_to"]["text"]})
        end = valid_to if printed else identity.valid_to
        if end and not long_term and end < today:
            # what no machine reads, no machine refuses: the person's own word is put before a reviewer
            judged = failed if identity.document.read_by_machine else inconclusive
            return judged("DOCUMENT_EXPIRED", detail={"valid_to": end.isoformat()})
        start = valid_from or identity.valid_from
        if start and (start > today or (end and start >= end) or (identity.birth and start < identity.birth)):
            return inconclusive("DOCUMENT_NOT_YET_VALID", detail={"valid_from": start.isoformat()})
        if not printed:
            return inconclusive("FIELDS_UNCERTAIN", findings=["valid_to_unread"])
        rule = identity.document.validity
        if rule and start and identity.birth and not rule.fits(start, None if long_term else end, identity.birth):
            return inconclusive("VALIDITY_UNUSUAL", findings=["valid_to_unusual"], detail={"rule": rule.source})
        return passed()


def _day(fields: dict, name: str) -> date | None:
    try:
        return date.fromisoformat((fields.get(name) or {}).get("text") or "")
    except ValueError:
        return None
