"""Bytes as they were sent wait, encrypted and seen by nobody, until a worker has put a JPEG of ours in their place (P-REG-7)."""

import hashlib
import io

import pytest
from PIL import Image

from realname.images import ImageRefused
from realname.trail.models import Event
from realname.vault.errors import KeyErased
from realname.vault.files import read_file
from realname.vault.models import EncryptedFile
from registration import tasks
from registration.models import Application, Capture
from registration.selectors import usable
from registration.services import clean_capture as cleaning
from registration.services.capture_document import capture_document
from registration.services.clean_capture import clean_capture
from registration.services.store_capture import AS_SENT
from registration.states import ApplicationStatus, CaptureStatus
from tests.factories import registration as make
from tests.registration.web.sessions import jpeg
from verification.services.read_capture import read_capture

pytestmark = pytest.mark.django_db

CUT_OFF = jpeg()[:900]  # its header is good, its pixels end


def sent(application: Application, content: bytes) -> Capture:
    return capture_document(actor=make.person_actor(application), application_id=application.pk, side="front", content=content)


@pytest.fixture
def application() -> Application:
    return make.drafted()


def test_what_is_kept_is_ours_and_the_bytes_as_sent_are_destroyed(application):
    exif = Image.Exif()
    exif[0x010F] = "maker of the telephone"
    capture = sent(application, jpeg(exif=exif))
    as_sent = capture.file
    assert (as_sent.media_type, capture.cleaned_at) == (AS_SENT, None)

    clean_capture(capture)

    picture = read_file(capture.file)
    assert b"maker of the telephone" not in picture
    assert Image.open(io.BytesIO(picture)).format == "JPEG"
    assert capture.digest == hashlib.sha256(picture).hexdigest()
    as_sent.refresh_from_db()
    with pytest.raises(KeyErased):
        read_file(as_sent)
    told = Event.objects.get(name="capture.cleaned").data
    assert told == {"kind": "document_front", "sent": capture.sent_digest, "digest": capture.digest}


def test_cleaning_twice_keeps_the_first_picture(application):
    capture = sent(application, jpeg())
    again = Capture.objects.get(pk=capture.pk)
    clean_capture(capture)
    clean_capture(again)
    assert (again.file_id, again.digest) == (capture.file_id, capture.digest)
    assert Event.objects.filter(name="capture.cleaned").count() == 1


def test_of_two_that_clean_at_once_one_picture_is_kept(application, monkeypatch):
    """The other's file is left to the sweep of orphans."""
    capture = sent(application, jpeg())
    other = Capture.objects.get(pk=capture.pk)
    write = cleaning.write_file

    def while_another_is_quicker(**facts):
        monkeypatch.setattr(cleaning, "write_file", write)
        clean_capture(other)
        return write(**facts)

    monkeypatch.setattr(cleaning, "write_file", while_another_is_quicker)
    clean_capture(capture)
    assert capture.file_id == other.file_id
    assert EncryptedFile.objects.filter(erased_at=None).count() == 1


def test_killed_before_the_row_is_written_the_next_look_cleans(application, monkeypatch):
    capture = sent(application, jpeg())
    monkeypatch.setattr(cleaning, "_put_in_place", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        clean_capture(capture)
    monkeypatch.undo()
    capture.refresh_from_db()
    assert capture.cleaned_at is None
    clean_capture(capture)
    assert capture.cleaned_at


def test_the_same_bytes_sent_again_are_the_same_capture(application):
    first = sent(application, jpeg(seed=1))
    clean_capture(first)
    assert sent(application, jpeg(seed=1)).pk == first.pk


def test_a_photograph_replaced_before_anybody_looked_is_destroyed(application):
    first = sent(application, jpeg(seed=1))
    sent(application, jpeg(seed=2))
    with pytest.raises(KeyErased):
        read_file(Capture.objects.get(pk=first.pk).file)


def test_a_damaged_photograph_is_refused_by_name_and_never_handed_on(application):
    """However often it is sent: nobody could look at it."""
    for cut in range(4):
        capture = sent(application, CUT_OFF[: 900 - cut])
        read_capture(capture_id=capture.pk)
    capture.refresh_from_db()
    assert (capture.status, capture.findings) == (CaptureStatus.REJECTED, ["truncated"])
    assert not usable(capture)


@pytest.mark.parametrize(("content", "erased"), [(jpeg(), False), (CUT_OFF, True)], ids=["good", "damaged"])
def test_what_nobody_looked_at_in_time_is_cleaned_or_destroyed(application, content, erased, settings):
    """Withdrawn at once: metadata are not kept for that."""
    settings.RESEND_AFTER = 0
    capture = sent(application, content)
    Application.objects.filter(pk=application.pk).update(status=ApplicationStatus.WITHDRAWN)
    assert tasks.clean_captures() == 1
    tasks.clean_capture(str(capture.pk))
    capture.refresh_from_db()
    assert (capture.file.erased_at is not None, capture.cleaned_at is not None) == (erased, not erased)
    assert tasks.clean_captures() == 0


def test_no_picture_raises_why(application):
    with pytest.raises(ImageRefused, match="truncated"):
        clean_capture(sent(application, CUT_OFF))
