"""Active liveness in the product: films of a moved portrait answer challenges; whatever else comes fails under its own reason."""

from datetime import timedelta

import cv2
import numpy as np
import pytest
from PIL import Image

from demo import faces
from demo.specimens import IdCard, crop_portrait, draw_front, photograph, to_jpeg
from demo.specimens.motions import Portrait, Pose
from realname.images import decode, encode_jpeg
from realname.trail.models import Event
from registration.models import Application, Capture
from registration.services.answer_challenge import answer_with_video
from registration.services.capture_document import capture_document
from registration.services.capture_selfie import capture_selfie
from registration.states import CaptureKind, CaptureStatus
from tests.factories import registration as make
from tests.pipeline.applicants import SCHEDULE, STEPS, movements
from verification.challenge import portrait_eyes
from verification.checks.base import Context, Result
from verification.checks.liveness_active import LivenessActive
from verification.engines import engines
from verification.models import Check
from verification.services.read_capture import read_capture
from verification.states import CheckStatus

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture(scope="module")
def pictures() -> dict[str, bytes]:
    card = photograph(draw_front(IdCard.make(1), faces.portrait("obama")), condition="clean", seed=1)
    return {"card": to_jpeg(card), "selfie": to_jpeg(faces.selfie("obama2")), "other": to_jpeg(faces.selfie("biden"))}


def applied(pictures: dict[str, bytes], *, selfie: str = "selfie", frames=None, **asked) -> Application:
    """A person with a card, a selfie, and the movements filmed."""
    application = make.drafted()
    actor = make.person_actor(application)
    capture_document(actor=actor, application_id=application.pk, side="front", content=pictures["card"])
    capture_selfie(actor=actor, application_id=application.pk, content=pictures[selfie])
    make.answered(application, frames or movements(), **{"steps": STEPS, "schedule": SCHEDULE, **asked})
    return application


def film_of(application: Application) -> Capture:
    return application.captures.current().get(kind=CaptureKind.CHALLENGE)


def look(application: Application) -> Capture:
    """The first look, while the person is there."""
    read_capture(capture_id=film_of(application).pk)
    return film_of(application)


def check(application: Application) -> Result:
    captures = {capture.kind: capture for capture in application.captures.current()}
    return LivenessActive().run(Context(check=Check(), application=application, captures=captures, before={}))


def test_who_did_the_movements_passes_and_is_looked_at_once(pictures):
    """P-VER-7: engine, version, score and threshold are told."""
    application = applied(pictures)
    film = look(application)
    assert (film.status, film.findings) == (CaptureStatus.GOOD, [])
    assert Event.objects.filter(name="capture.read", related_id=str(film.pk)).count() == 1
    result = check(application)
    assert (result.status, result.reason, result.findings) == (CheckStatus.PASSED, "", [])
    assert result.engine_version == film.reading["engine_version"]
    assert result.score > result.threshold == 0.42
    assert result.input_digest == film.digest


def test_a_look_that_was_lost_is_made_up_for(pictures):
    assert check(applied(pictures)).status == CheckStatus.PASSED


@pytest.mark.parametrize(
    ("_case", "asked", "finding"),
    [
        ("other steps than were done", {"steps": ("nod", "open_mouth")}, "step_missed"),
        ("the other order", {"steps": ("open_mouth", "turn_left"), "schedule": (0, 4500, 7500)}, "wrong_order"),
        ("at other times", {"schedule": (4500, 6500, 7500)}, "step_missed"),
    ],
)
def test_what_was_not_asked_for_fails_and_may_be_tried_again(pictures, _case, asked, finding):
    """P-REG-7: a recording that was made for another challenge."""
    application = applied(pictures, **asked)
    film = look(application)
    assert (film.status, film.findings) == (CaptureStatus.REJECTED, [finding])
    result = check(application)
    assert (result.status, result.reason, result.findings[0]) == (CheckStatus.FAILED, "CHALLENGE_NOT_DONE", finding)


def test_frames_that_were_sent_before_are_a_replay(pictures):
    """Even some of them, and in somebody else's application."""
    frames = movements()
    assert look(applied(pictures, frames=frames)).status == CaptureStatus.GOOD
    again = applied(pictures, frames=frames[3:])
    assert look(again).findings == ["replayed"]
    assert check(again).reason == "CHALLENGE_REPLAYED"


def encoded_anew(picture: bytes) -> bytes:
    """Smaller, cut at the edges, brighter, and squeezed."""
    bgr = decode(picture).bgr[15:460, 20:]
    smaller = cv2.resize(bgr, None, fx=0.7, fy=0.7, interpolation=cv2.INTER_AREA)
    return encode_jpeg(np.clip(smaller * 1.15 + 8, 0, 255).astype(np.uint8)[:, :, ::-1], quality=60)


@pytest.mark.parametrize("late", [0, 400])
def test_a_film_that_was_sent_before_is_known_however_it_was_encoded(pictures, late):
    """P-REG-3: in somebody else's application, and begun a little later; the first answer stays what it was."""
    frames = movements()
    first = applied(pictures, frames=frames)
    assert look(first).status == CaptureStatus.GOOD
    again = [(milliseconds - late, encoded_anew(picture)) for milliseconds, picture in frames if milliseconds >= late]
    second = applied(pictures, frames=again, schedule=tuple(moment - late for moment in SCHEDULE))
    assert look(second).findings == ["replayed"]
    assert check(second).reason == "CHALLENGE_REPLAYED"
    assert check(first).status == CheckStatus.PASSED


def test_the_same_person_may_do_the_same_movements_again(pictures):
    """In the same place and light, asked at the same moments: it is another film."""
    for _ in range(3):
        assert look(applied(pictures)).findings == []


def test_a_film_that_is_longer_than_the_time_since_it_was_asked_for_was_made_before(pictures):
    """Whatever way it came: a video carries no clock of ours, but this much is known of it."""
    application = applied(pictures)
    challenge = film_of(application).challenge
    challenge.issued_at = challenge.answered_at - timedelta(seconds=3)
    challenge.save(update_fields=["issued_at"])

    assert look(application).findings == ["stale"]
    assert check(application).reason == "CHALLENGE_REPLAYED"


def test_one_picture_sent_often_is_no_film(pictures):
    _, picture = movements()[0]
    application = applied(pictures, frames=[(index * 140, picture) for index in range(50)])
    assert look(application).findings == ["frozen"]
    assert check(application).reason == "CHALLENGE_SPLICED"


def test_the_selfie_must_be_of_who_moves(pictures):
    """The movements are right, the selfie is somebody else's."""
    result = check(applied(pictures, selfie="other"))
    assert (result.status, result.reason) == (CheckStatus.FAILED, "CHALLENGE_OTHER_FACE")
    assert result.score < result.threshold


def test_a_video_that_can_not_be_opened_is_asked_for_again(pictures):
    application = applied(pictures)
    challenge = make.asked(application, STEPS)
    broken = b"\x00\x00\x00\x18ftypisom" + bytes(500)
    actor = make.person_actor(application)
    answer_with_video(actor=actor, application_id=application.pk, challenge_id=challenge.pk, session="", content=broken)
    assert look(application).findings == ["unreadable"]
    assert check(application).reason == "CHALLENGE_UNREADABLE"


def test_movements_that_nobody_asked_for_are_not_checked_and_no_pass(pictures):
    application = applied(pictures)
    film_of(application).delete()
    result = check(application)
    assert (result.status, result.reason) == (CheckStatus.INCONCLUSIVE, "CHALLENGE_MISSING")


@pytest.mark.parametrize(
    ("name", "lids", "seen"), [("obama", 0, "seen"), ("biden", 0, "seen"), ("obama", 0.85, "not_seen"), ("biden", 0.85, "not_seen")]
)
def test_open_eyes_of_a_cards_portrait_are_seen_and_shut_ones_are_not(name, lids, seen):
    """R-34: only an offer follows from it."""
    frame = Portrait(faces.picture(name)).frame(Pose(lids=lids))
    portrait = crop_portrait(Image.fromarray(frame[:, :, ::-1]), engines().face.detect(frame)[0].box)
    card = photograph(draw_front(IdCard.make(1), portrait), condition="clean", seed=1)
    assert portrait_eyes(decode(to_jpeg(card)).bgr) == seen
