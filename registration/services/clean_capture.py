"""The bytes of a photograph as they were sent give way to a JPEG of ours: upright, without metadata, decoded in a process apart."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname import decoding
from realname.access.actor import SYSTEM
from realname.trail import record
from realname.vault.errors import KeyErased
from realname.vault.files import erase_file, read_file, write_file
from realname.vault.models import EncryptedFile
from registration.locks import lock_application, lock_capture
from registration.models import Capture
from registration.services.erase_face_captures import erase_capture


def clean_capture(capture: Capture) -> None:
    """Clean it where that was not done; `capture` is brought up to date. Done twice or at once by two, one picture is kept.

    Raises decoding.ImageRefused (no picture, or a damaged one), vault.KeyErased, vault.FileMissing.
    """
    while capture.cleaned_at is None:
        try:
            picture = decoding.reencode(read_file(capture.file))
        except KeyErased:
            # by who cleaned it in this moment, or for good
            capture.refresh_from_db()
            if capture.cleaned_at is None:
                raise
            return
        file = write_file(person_id=capture.person_id, kind=capture.kind, content=picture, media_type="image/jpeg")
        _put_in_place(capture, file)
        # once more where somebody else was quicker, or it became another person's meanwhile: their key must hold it
        capture.refresh_from_db()


def clean_left_behind(*, capture_id: UUID) -> None:
    """Clean a capture, or erase it where it is no picture. Does nothing where that was done."""
    capture = Capture.objects.as_sent().select_related("file").filter(pk=capture_id).first()
    if capture is None:
        return
    try:
        clean_capture(capture)
    except decoding.ImageRefused as refusal:
        with transaction.atomic():
            application = lock_application(capture.application_id)
            erase_capture(actor=SYSTEM, application=application, capture=capture, reason=refusal.code)


@transaction.atomic
def _put_in_place(capture: Capture, file: EncryptedFile) -> None:
    locked = lock_capture(capture.pk)
    if locked.cleaned_at or locked.file.erased_at or locked.person_id != file.person_id:
        return  # the sweep takes the file
    file.save(force_insert=True)
    sent, locked.file, locked.digest, locked.cleaned_at = locked.file, file, file.digest, timezone.now()
    locked.save(update_fields=["file", "digest", "cleaned_at"])
    erase_file(sent)
    record(
        "capture.cleaned",
        actor=SYSTEM,
        subject=locked.application,
        person_id=locked.person_id,
        related=locked,
        data={"kind": locked.kind, "sent": locked.sent_digest, "digest": locked.digest},
    )
