"""What a side of the document says: shared by both sides.

Score and threshold are the fields read and those wanted of this type of document. How sure each reading is stands in `detail`, and the
doubtful ones in the findings: doubt fails nothing here, the checks that use the field judge it.
"""

from realname.queue import Queue
from registration.states import CaptureKind
from verification.checks.base import Context, Result, digest_of, failed, inconclusive, passed
from verification.reading import reading_of
from verification.states import CheckKind


class OcrSide:
    """One side of the card, read when it was photographed; read now if that was lost."""

    queue = Queue.VISION
    after = ()
    kind: CheckKind
    capture: CaptureKind
    side: str
    wanted: tuple[str, ...]

    def run(self, context: Context) -> Result:
        """Pass where every field was read; a doubtful one is told to the checks that compare."""
        capture = context.capture(self.capture)
        reading = reading_of(capture)
        document = context.identity.document
        wanted = [field for field in self.wanted if document.has(field)]
        missing = [field for field in wanted if field not in reading["fields"]]
        facts = {
            "engine": reading["engine"],
            "engine_version": reading["engine_version"],
            "score": float(len(wanted) - len(missing)) if reading["side"] == self.side else 0.0,
            "threshold": float(len(wanted)),
            "detail": {"side": reading["side"], "fields": reading["fields"], "sure_from": reading["threshold"]},
            "input_digest": digest_of(capture),
            "milliseconds": reading["milliseconds"],
        }
        if reading["side"] != self.side:
            return failed("DOCUMENT_UNREADABLE", findings=[f"side_{reading['side']}"], **facts)
        if missing:
            return inconclusive("DOCUMENT_UNREADABLE", findings=[f"{field}_missing" for field in missing], **facts)
        doubtful = [f"{name}_doubtful" for name, field in reading["fields"].items() if field["review"]]
        return passed(findings=doubtful, **facts)
