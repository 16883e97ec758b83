"""A person was erased: what the sources were asked about them stays counted, and leads to nobody (R-28)."""

from uuid import UUID

from verification.models import Inquiry


def forget_person(*, person_id: UUID) -> None:
    """Clear the blind indexes of their inquiries: no answer about them is used again. Called again it does nothing."""
    Inquiry.objects.filter(person_id=person_id).update(question_index=None, subject_index=None)
