"""The language a person is written to in."""

from uuid import UUID

from django.conf import settings

from registration.models import Application


def language_of(person_id: UUID) -> str:
    """The language of their newest application."""
    newest = Application.objects.filter(person_id=person_id).order_by("-created_at").values_list("language", flat=True).first()
    return newest or settings.LANGUAGE_CODE
