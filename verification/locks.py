"""Every row lock of this stage. Order: application (registration/locks.py), then check or review."""

from uuid import UUID

from verification.models import Check, Review, SourceStanding


def lock_check(check_id: UUID) -> Check | None:
    """The check, locked until the transaction ends; nothing where there is none."""
    return Check.objects.select_for_update(of=("self",)).filter(pk=check_id).first()


def lock_open_review(application_id: UUID) -> Review | None:
    """The open review of an application, locked until the transaction ends."""
    return Review.objects.open().select_for_update(of=("self",)).filter(application_id=application_id).first()


def lock_standing(source: str) -> SourceStanding:
    """How a source stands, locked until the transaction ends; made where there is none yet. Takes no other lock with it."""
    SourceStanding.objects.get_or_create(name=source)
    return SourceStanding.objects.select_for_update(of=("self",)).get(name=source)
