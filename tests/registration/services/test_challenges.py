"""What the server asks for is asked once, answered once, soon, in the browser it was asked in, by its own person."""

from datetime import timedelta

import pytest
from django.utils import timezone

from realname.trail.models import Event
from realname.vault.files import read_file
from registration import bursts
from registration.errors import ApplicationClosed, CaptureRefused, ChallengeRefused
from registration.models import Application, Capture, Challenge
from registration.selectors import courses_like, frames_sent_before
from registration.services.answer_challenge import answer_with_burst, answer_with_video, note_film
from registration.services.give_consent import leave_face_way
from registration.services.issue_challenge import ORDERS, issue_challenge
from registration.states import CaptureKind, ChallengeKind, ChallengeStep
from tests.factories import registration as make
from tests.registration.web.sessions import jpeg
from verification.engines.liveness.steps import STEPS

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "this-browser", "another-browser"
MP4 = b"\x00\x00\x00\x18ftypisom" + bytes(500)


@pytest.fixture
def application():
    return make.drafted()


def issue(application: Application, *, kind: ChallengeKind = ChallengeKind.MOVEMENTS, session: str = HERE) -> Challenge:
    return issue_challenge(actor=make.person_actor(application), application_id=application.pk, kind=kind, session=session)


def answer(application: Application, challenge: Challenge, *, session: str = HERE, last: int = 600, actor=None) -> Capture:
    frames = [(time, jpeg(seed=time)) for time in range(0, last + 1, 300)]
    return answer_with_burst(
        actor=actor or make.person_actor(application),
        application_id=application.pk,
        challenge_id=challenge.pk,
        session=session,
        frames=frames,
    )


def refusal(*args, **kwargs) -> str:
    """The code with which an answer is refused; nothing is kept."""
    with pytest.raises(ChallengeRefused) as refused:
        answer(*args, **kwargs)
    assert not Capture.objects.filter(kind=CaptureKind.CHALLENGE).exists()
    assert Event.objects.filter(name="challenge.refused").latest("id").reason == refused.value.code
    return refused.value.code


def test_the_page_and_the_engine_know_the_same_steps():
    assert set(ChallengeStep.values) == set(STEPS)


def long_ago(challenge: Challenge, seconds: float = 50) -> None:
    """It was asked so long ago that what is asked next is drawn anew."""
    ago = timedelta(seconds=seconds)
    Challenge.objects.filter(pk=challenge.pk).update(issued_at=challenge.issued_at - ago, expires_at=challenge.expires_at - ago)


def test_each_order_of_two_or_three_movements_may_come():
    """P-REG-3: a film made for one of them fits one time in 80."""
    assert len(set(ORDERS)) == len(ORDERS) == 20 + 60


def test_steps_order_and_times_differ_each_time():
    """Of 40 challenges: two or three different steps, all of them used, a second or more before the first, each long enough."""
    asked = [issue(make.started()) for _ in range(40)]
    for challenge in asked:
        assert len(challenge.steps) in (2, 3)
        assert len(set(challenge.steps)) == len(challenge.steps)
        assert 1000 <= challenge.schedule[0] <= 2000
        pauses = [after - before for before, after in zip(challenge.schedule, challenge.schedule[1:], strict=False)]
        assert len(pauses) == len(challenge.steps)
        assert all(2600 <= pause <= 3400 for pause in pauses)
        assert challenge.schedule[-1] <= 12_500
    assert {step for challenge in asked for step in challenge.steps} == set(STEPS)
    assert len({tuple(challenge.steps) for challenge in asked}) > 20


def test_an_answer_is_kept_encrypted_with_what_it_answers(application):
    challenge = issue(application)
    capture = answer(application, challenge)
    assert capture.challenge == challenge
    assert Challenge.objects.get().answered_at
    frames = list(bursts.unpack(read_file(capture.file)))
    assert [time for time, _ in frames] == [0, 300, 600]
    assert all(picture.startswith(b"\xff\xd8\xff") for _, picture in frames)


def test_used_once(application):
    challenge = issue(application)
    answer(application, challenge)
    with pytest.raises(ChallengeRefused, match="challenge_over"):
        answer(application, challenge, last=900)
    assert Capture.objects.filter(kind=CaptureKind.CHALLENGE).count() == 1


def test_too_late(application):
    challenge = issue(application)
    Challenge.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert refusal(application, challenge) == "challenge_over"


def test_a_newer_one_voids_the_older(application):
    challenge = issue(application)
    long_ago(challenge)
    assert issue(application).pk != challenge.pk
    assert refusal(application, challenge) == "challenge_over"


def test_a_page_opened_anew_asks_for_the_same_and_costs_no_try(application):
    """P-REG-3: nobody draws until the movements come that a film was made of; P-REG-7: nor is anybody punished for a slow network."""
    challenge = issue(application)
    again = [issue(application) for _ in range(30)]
    assert {each.pk for each in again} == {challenge.pk}
    assert [(each.steps, each.schedule, each.expires_at) for each in again] == [
        (challenge.steps, challenge.schedule, challenge.expires_at)
    ] * 30
    assert Challenge.objects.count() == 1
    assert Event.objects.filter(name="challenge.issued").count() == 1
    assert answer(application, again[-1]).challenge == challenge


def test_with_less_than_half_its_time_left_another_is_asked(application):
    """The movements, and a slow network, need the rest; it counts as a try."""
    challenge = issue(application)
    long_ago(challenge, 44)
    assert issue(application).pk == challenge.pk
    long_ago(challenge, 46)
    assert issue(application).pk != challenge.pk


def test_another_browser_is_asked_anew_and_it_counts(application):
    challenge = issue(application)
    assert issue(application, session=ELSEWHERE).pk != challenge.pk
    assert refusal(application, challenge) == "challenge_over"
    assert Challenge.objects.count() == 2


def test_digits_are_drawn_anew_each_time(application):
    first, second = (issue(application, kind=ChallengeKind.DIGITS) for _ in range(2))
    assert first.pk != second.pk


def test_only_in_the_browser_it_was_asked_in(application):
    assert refusal(application, issue(application), session=ELSEWHERE) == "challenge_over"


def test_another_applications_challenge_answers_nothing(application):
    assert refusal(application, issue(make.drafted())) == "challenge_over"


def test_digits_are_no_movements(application):
    assert refusal(application, issue(application, kind=ChallengeKind.DIGITS)) == "challenge_over"


def test_a_film_longer_than_the_time_since_it_was_asked_was_made_before(application):
    """And the challenge is used up."""
    challenge = issue(application)
    assert refusal(application, challenge, last=9000) == "challenge_too_fast"
    assert refusal(application, challenge) == "challenge_over"


def test_of_somebody_else_it_does_not_exist(application):
    challenge = issue(application)
    with pytest.raises(Application.DoesNotExist):
        answer(application, challenge, actor=make.person_actor(make.started()))


def test_handed_in_nothing_is_asked_or_answered():
    application = make.submitted()
    with pytest.raises(ApplicationClosed):
        issue(application)


def test_tries_are_bounded(application):
    """Answered or not: what is let go by counts too."""
    for _ in range(5):
        long_ago(issue(application))
    with pytest.raises(ChallengeRefused, match="challenges_too_many"):
        issue(application)


@pytest.mark.parametrize(("content", "code"), [(jpeg(), "not_a_video"), (b"", "not_a_video"), (bytes(21 * 1024 * 1024), "too_large")])
def test_what_is_no_video_is_refused_and_uses_nothing_up(application, content, code):
    challenge = issue(application)
    whose = {"actor": make.person_actor(application), "application_id": application.pk, "challenge_id": challenge.pk, "session": HERE}
    with pytest.raises(CaptureRefused, match=code):
        answer_with_video(**whose, content=content)
    assert answer_with_video(**whose, content=MP4).file.media_type == "video/mp4"


@pytest.mark.parametrize("times", [[], [-1, 100], [0, 10**7], list(range(101))])
def test_a_burst_that_is_none_is_refused(application, times):
    challenge = issue(application)
    with pytest.raises(CaptureRefused):
        answer_with_burst(
            actor=make.person_actor(application),
            application_id=application.pk,
            challenge_id=challenge.pk,
            session=HERE,
            frames=[(time, b"picture") for time in times],
        )


def test_frames_that_came_before_are_known_again(application):
    """One of them is enough, in whosever answer; the same answer looked at twice is no replay."""
    first, second = answer(application, issue(application)).challenge, answer(other := make.drafted(), issue(other)).challenge
    for _ in range(2):
        note_film(challenge_id=first.pk, digests=["aa", "bb", "cc"], course=b"first", paces=["nod>blink:12"])
        assert not frames_sent_before(first.pk, ["aa", "bb", "cc"])
        assert courses_like(first.pk, ["nod>blink:12"]) == []
    assert frames_sent_before(second.pk, ["dd", "cc"])
    assert courses_like(second.pk, ["nod>blink:11", "nod>blink:12"]) == [b"first"]
    assert courses_like(second.pk, ["nod>blink:11"]) == []


def test_the_course_of_a_film_is_erased_with_it(application):
    """R-35, R-26; and one that is looked at while it is erased leaves none behind."""
    capture = answer(application, issue(application))
    noted = {"challenge_id": capture.challenge_id, "digests": ["aa"], "course": b"how the head moved", "paces": ["nod>blink:12"]}
    note_film(**noted)
    leave_face_way(actor=make.person_actor(application), application_id=application.pk)
    note_film(**noted)
    challenge = Challenge.objects.get(pk=capture.challenge_id)
    assert (bytes(challenge.course), challenge.paces) == (b"", [])
    assert frames_sent_before(issue(make.drafted()).pk, ["aa"])


@pytest.mark.parametrize(("kind", "capture"), [(ChallengeKind.MOVEMENTS, "challenge"), (ChallengeKind.DIGITS, "statement")])
def test_the_same_video_answers_nothing_that_was_asked_after_it(application, kind, capture):
    """P-REG-3: it can't hold digits that were drawn later; nothing is kept, and the older answer stays what it is."""
    whose = {"actor": make.person_actor(application), "application_id": application.pk, "session": HERE, "kind": kind}
    first = issue(application, kind=kind)
    answer_with_video(**whose, challenge_id=first.pk, content=MP4)
    answer_with_video(**whose, challenge_id=issue(application, kind=kind).pk, content=MP4 + b"1")
    for content in (MP4, MP4 + b"1"):
        with pytest.raises(CaptureRefused, match="film_sent_before"):
            answer_with_video(**whose, challenge_id=issue(application, kind=kind).pk, content=content)
    assert Capture.objects.filter(kind=capture).count() == 2
    assert Capture.objects.get(challenge=first).superseded_at
