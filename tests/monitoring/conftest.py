"""Events as the stages below would tell them, without the stages: a KPI knows events only."""

import uuid

import pytest
from django.db import transaction

from realname.access.actor import SYSTEM
from realname.trail import SubjectRef, record

APPLICATION, REVIEW, CHECK, CHANGE = "application", "review", "check", "change_request"


class Teller:
    """Tells events; each call is one transaction of its own."""

    def __init__(self) -> None:
        self.ids: dict[int, str] = {}

    def id_of(self, number: int) -> str:
        """The id of the n-th application."""
        return self.ids.setdefault(number, str(uuid.uuid4()))

    def tell(self, name: str, kind: str, subject_id: str, /, *, related: SubjectRef | None = None, reason: str = "", **data) -> None:
        """One event."""
        with transaction.atomic():
            record(name, actor=SYSTEM, subject=SubjectRef(kind, subject_id), related=related, reason=reason, data=data)

    def started(self, number: int, path: str = "face") -> None:
        self.tell("application.started", APPLICATION, self.id_of(number), path=path)

    def submitted(self, number: int, path: str = "face", round_: int = 1) -> None:
        self.tell("application.submitted", APPLICATION, self.id_of(number), path=path, round=round_)

    def decided(self, number: int, outcome: str) -> None:
        self.tell("application.decided", APPLICATION, self.id_of(number), outcome=outcome)

    def review_opened(self, number: int) -> None:
        self.tell("review.opened", REVIEW, str(uuid.uuid4()), related=SubjectRef(APPLICATION, self.id_of(number)), level="low")

    def review_closed(self, number: int, outcome: str, late: bool = False) -> None:
        related = SubjectRef(APPLICATION, self.id_of(number))
        self.tell("review.closed", REVIEW, str(uuid.uuid4()), related=related, outcome=outcome, late=late)

    def check(self, kind: str, status: str, milliseconds: int | None) -> None:
        self.tell("check.completed", CHECK, str(uuid.uuid4()), kind=kind, status=status, milliseconds=milliseconds)

    def code(self, number: int, what: str, reason: str = "", **data: str) -> None:
        self.tell(f"phone_code.{what}", APPLICATION, self.id_of(number), reason=reason, **data)

    def graded(self, number: int, level: str) -> None:
        self.tell("application.graded", APPLICATION, self.id_of(number), level=level)

    def change(self, end: str) -> None:
        self.tell(f"change.{end}", CHANGE, str(uuid.uuid4()))


@pytest.fixture
def teller() -> Teller:
    """Somebody who tells what happened."""
    return Teller()
