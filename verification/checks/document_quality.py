"""Are the photographs of the document fit to be judged, and photographs of a document at all?

Score and threshold are one measure's, the one that decided: the finding that rejects, or, where none does, the measure that came nearest
to it. The engine names it, since some must stay above their threshold and some below.
"""

from collections.abc import Iterable

from realname.queue import Queue
from verification.checks.base import Context, Result, digest_of, failed, passed
from verification.reading import Reading, reading_of
from verification.states import CheckKind

# These say that something else than the card itself was photographed; the others only that the picture is poor.
COPIES = {"recapture", "photocopy"}


class DocumentQuality:
    """Blur, glare, darkness, framing, resolution, recapture and photocopy of all its sides or pages (P-REG-7)."""

    kind = CheckKind.DOCUMENT_QUALITY
    queue = Queue.VISION
    after = ()

    def run(self, context: Context) -> Result:
        """Fail on any finding that is worth a rejection."""
        sides = {kind: context.capture(kind) for kind in context.identity.document.kinds}
        readings = {kind: reading_of(capture) for kind, capture in sides.items()}
        findings = [
            (f"{kind}:{finding['code']}", finding)
            for kind, reading in readings.items()
            for finding in reading["quality"]
            if finding["found"]
        ]
        worst = next((finding for _, finding in findings if finding["level"] == "reject"), None)
        told = worst or _nearest(readings.values())
        facts = {
            "engine": f"document quality: {told['code']}" if told else "document quality",
            "engine_version": next(iter(readings.values()))["quality_version"],
            "findings": [code for code, _ in findings],
            "detail": {kind: reading["quality"] for kind, reading in readings.items()},
            "input_digest": digest_of(*sides.values()),
            "score": told["score"] if told else None,
            "threshold": told["threshold"] if told else None,
            "milliseconds": sum(reading["quality_milliseconds"] for reading in readings.values()),
        }
        if worst is None:
            return passed(**facts)
        copies = any(finding["code"] in COPIES and finding["level"] == "reject" for _, finding in findings)
        return failed("PHOTO_RECAPTURED" if copies else "PHOTO_UNUSABLE", **facts)


def _nearest(readings: Iterable[Reading]) -> dict | None:
    """Of the measures that would reject, the one nearest to its threshold, as a share of it."""
    measures = [finding for reading in readings for finding in reading["quality"] if finding["level"] == "reject"]
    return min(measures, key=lambda finding: abs(finding["score"] / finding["threshold"] - 1), default=None)
