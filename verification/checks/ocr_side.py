"""What a side of the document says: shared by both sides."""

from realname.queue import Queue
from registration.states import CaptureKind
from verification.checks.base import Context, Result, failed, inconclusive, passed
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
        missing = [field for field in self.wanted if field not in reading["fields"]]
        confidences = [field["confidence"] for field in reading["fields"].values()]
        facts = {
            "engine": reading["engine"],
            "engine_version": reading["engine_version"],
            "score": min(confidences, default=None),
            "threshold": reading["threshold"],
            "detail": {"side": reading["side"], "fields": reading["fields"]},
            "input_digest": capture.digest,
        }
        if reading["side"] != self.side:
            return failed("DOCUMENT_UNREADABLE", findings=[f"side_{reading['side']}"], **facts)
        if missing:
            return inconclusive("DOCUMENT_UNREADABLE", findings=[f"{field}_missing" for field in missing], **facts)
        doubtful = [f"{name}_doubtful" for name, field in reading["fields"].items() if field["review"]]
        return passed(findings=doubtful, **facts)
