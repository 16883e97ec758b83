"""How many people's faces are stored: from a number on the law demands a filing (R-36)."""

from registration.models import Capture
from registration.services.erase_face_captures import FACE_KINDS


def people_with_face_data() -> int:
    """Each person once, however many pictures of theirs are not erased yet."""
    stored = Capture.objects.filter(kind__in=FACE_KINDS, file__erased_at__isnull=True)
    return stored.values("person_id").distinct().count()
