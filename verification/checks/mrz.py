"""What the machine-readable zone of the document says."""

from realname.queue import Queue
from verification.checks.base import Context, Result, digest_of, inconclusive, passed
from verification.reading import reading_of
from verification.states import CheckKind


class Mrz:
    """The zone of a passport or travel permit, read when it was photographed; read now if that was lost.

    Score and threshold are the zones read and wanted: one whose check digits don't fit was not read. That a zone is not read proves
    nothing against the document: it is asked for again, then a person looks.
    """

    kind = CheckKind.MRZ
    queue = Queue.VISION
    after = ()

    def run(self, context: Context) -> Result:
        """Pass where a zone was read."""
        image = next(image for image in context.identity.document.images if image.reads == "mrz")
        capture = context.capture(image.kind)
        reading = reading_of(capture)
        facts = {
            "engine": reading["engine"],
            "engine_version": reading["engine_version"],
            "score": float(bool(reading["fields"])),
            "threshold": 1.0,
            "detail": {"side": reading["side"], "fields": reading["fields"], "sure_from": reading["threshold"]},
            "input_digest": digest_of(capture),
            "milliseconds": reading["milliseconds"],
        }
        if not reading["fields"]:
            return inconclusive("ZONE_UNREADABLE", findings=[f"{image.kind}:no_zone"], **facts)
        return passed(**facts)
