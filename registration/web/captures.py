"""What a page shows of a photograph: its state in one word, and what to do about it."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from realname import policy
from registration.models import Application, Capture
from registration.policy import CAPTURE_TRIES
from registration.selectors import current_captures, label_of, missing_parts, usable
from registration.states import CaptureKind, CaptureStatus, Party
from registration.web.findings import sentences
from registration.web.session import next_page


@dataclass(frozen=True, slots=True)
class CaptureView:
    """One kind of capture of an application, `label` it in words. `state` is a CaptureStatus or "none"."""

    kind: CaptureKind
    label: Promise
    state: str
    sentences: tuple[Promise, ...] = ()
    # it may be handed in as it is
    usable: bool = False
    # a reviewer asked for it again, and it was not taken since
    asked_again: bool = False

    @property
    def pending(self) -> bool:
        """Is it still being looked at?"""
        return self.state == CaptureStatus.PENDING

    @property
    def handed_on(self) -> bool:
        """Was it refused so often that a person at the operator will look (P-REG-7)?"""
        return self.state == CaptureStatus.REJECTED and self.usable

    @property
    def wanted(self) -> bool:
        """Must the person take one now?"""
        return not self.usable or self.asked_again


def view_of(application: Application, kind: CaptureKind) -> CaptureView:
    """What to show of this kind."""
    capture = current_captures(application).get(kind)
    if capture is None:
        return CaptureView(kind=kind, label=label_of(application, kind), state="none")
    return CaptureView(
        kind=kind,
        label=label_of(application, kind),
        state=capture.status,
        sentences=tuple(sentences(capture.findings)),
        usable=usable(capture),
        asked_again=usable(capture) and str(kind) in missing_parts(application),
    )


def shown(application: Application, kind: CaptureKind) -> dict[str, Any]:
    """What the page of one capture shows of it, and the part of that page that waits for the first look."""
    view = view_of(application, kind)
    return {
        "view": view,
        "not_pending": not view.pending,
        "tries": tries(),
        "next_page": next_page(application),
        "seen": f"{view.state}{view.usable:d}",
    }


def tries() -> int:
    """How many refused photographs a person takes before one is handed on (P-REG-7)."""
    return policy.value(CAPTURE_TRIES)


def uncertain_fields(application: Application, party: str = Party.PRINCIPAL) -> set[str]:
    """Fields that were read from this party's card with little confidence, as long as the details are not confirmed."""
    if application.party(party).details_entered_at:
        return set()
    captures = (each for kind, each in current_captures(application).items() if CaptureKind(kind).party == party and each.reading)
    return {name for capture in captures for name, field in _fields(capture).items() if field and field.get("review")}


def _fields(capture: Capture) -> dict[str, dict]:
    return capture.reading.get("fields", {}) if capture.status != CaptureStatus.REJECTED else {}
