"""On a visit the clerk photographs the document anew, for the reviewer (P-REG-6, R-33)."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from realname.access.actor import SYSTEM
from realname.access.models import Role
from realname.trail.models import Event
from registration.errors import CaptureRefused, ShopRefused
from registration.models import Application, Capture, ShopWitness
from registration.policy import CAPTURES_PER_ROUND
from registration.services.shop.enrol_device import revoke_device
from registration.services.shop.photograph_visit import photograph_visit
from registration.services.shop.witness_application import take_up_visit
from registration.states import ApplicationStatus, VerificationPath
from tests.factories import desk, registration
from tests.factories import shop as make
from tests.factories.policy import set_value
from verification.approval import approval_of

pytestmark = pytest.mark.django_db
COUNTER = "/admin/registration/dealer/shop/"


def handed_in() -> Application:
    application = registration.submitted(path=VerificationPath.FACE_FREE)
    assert application.by_shop
    return application


def taken_up(client: Client, application: Application) -> str:
    """The page of the visit."""
    sent = {"reference": application.reference, "last_six": application.id_number[-6:], "person": "on", "card": "on"}
    return client.post(f"{COUNTER}take-up/", sent)["Location"]


def send(client: Client, page: str, side: str = "front", content: bytes | None = None):
    content = desk.photograph() if content is None else content
    return client.post(f"{page}{side}/", {"photo": SimpleUploadedFile("p.jpg", content, "image/jpeg")})


def test_the_reviewer_sees_who_took_it_where_and_when_and_must_look_at_it():
    """Bound to clerk, shop, device and time; it stands beside the person's own, which stay the current ones of their kind."""
    client, station = make.browser()
    application = handed_in()
    review = desk.put_in_review(application)
    own = set(application.captures.current().values_list("pk", flat=True))
    page = taken_up(client, application)

    for side in ("front", "back"):
        assert send(client, page, side)["Location"] == page

    taken = Capture.objects.filter(kind__startswith="visit_")
    assert {(each.witness.clerk, each.witness.shop, each.witness.device) for each in taken} == {
        (station.clerk, station.device.shop, station.device)
    }
    assert own <= set(application.captures.current().values_list("pk", flat=True))
    events = Event.objects.filter(name="visit.photographed")
    assert {event.data["shop_device"] for event in events} == {str(station.device.pk)}
    assert events.count() == 2
    reviewer = desk.signed_in(Role.REVIEWER)
    reviewer.post(f"/admin/verification/review/{review.pk}/case/take/")
    case = reviewer.get(f"/admin/verification/review/{review.pk}/case/", headers={"accept-language": "en"}).content.decode()
    assert case.count("data-visit") == 2
    assert f"Taken by clerk {station.clerk.username} in the shop {station.device.shop.name}, on {station.device.label}" in case
    review.refresh_from_db()
    assert "In the shop: document, first photograph" in [str(each) for each in approval_of(review, reviewer.user).unopened]
    url = f"/admin/verification/review/{review.pk}/case/"
    reviewer.post(f"{url}open/", {"purpose": "judge_application"})
    for each in taken:
        assert reviewer.get(f"{url}captures/{each.pk}/")["Content-Type"] == "image/jpeg"
    assert not [each for each in approval_of(review, reviewer.user).unopened if "In the shop" in str(each)]


def test_the_clerk_sees_no_photograph_and_approves_nothing():
    """P-REG-6: neither the person's nor their own once sent."""
    client, _station = make.browser()
    application = handed_in()
    review = desk.put_in_review(application)
    page = taken_up(client, application)
    send(client, page)
    shown = client.get(page).content.decode()
    assert application.name not in shown and application.id_number not in shown and application.phone not in shown
    for capture in application.captures.all():
        assert client.get(f"/admin/verification/review/{review.pk}/case/captures/{capture.pk}/").status_code == 403
    assert client.post(f"/admin/verification/review/{review.pk}/case/approve/").status_code == 403
    application.refresh_from_db()
    assert application.status == "in_review"


@pytest.mark.parametrize("content", [b"", b"no picture", b"%PDF-1.7", b"\xff\xd8\xff\xe0" + b"x" * 500])
def test_what_is_no_picture_is_refused_at_once(content):
    """P-REG-7: and nothing is kept or told."""
    client, _station = make.browser()
    page = taken_up(client, handed_in())
    assert send(client, page, content=content).status_code == 422
    assert not Capture.objects.filter(kind="visit_front").exists()
    assert not Event.objects.filter(name="visit.photographed").exists()
    assert send(client, page, side="inside").status_code == 404


def test_the_same_again_is_one_and_another_takes_its_place():
    """P-ALL-4: one current photograph a side, at most so many a side."""
    client, _station = make.browser()
    application = handed_in()
    page = taken_up(client, application)
    for _ in range(2):
        send(client, page)
    assert Capture.objects.filter(kind="visit_front").count() == 1
    send(client, page, content=desk.photograph((1, 2, 3)))
    assert Capture.objects.current().filter(kind="visit_front").count() == 1
    assert Capture.objects.filter(kind="visit_front").count() == 2
    set_value(key=CAPTURES_PER_ROUND.key, value=max(CAPTURES_PER_ROUND.minimum, 2))
    for shade in range(CAPTURES_PER_ROUND.minimum + 3):
        last = send(client, page, content=desk.photograph((9, 9, shade * 10)))
    assert last.status_code == 422
    assert Capture.objects.filter(kind="visit_front").count() == max(CAPTURES_PER_ROUND.minimum, 2)


def refused(actor, application, code: str = "visit_unknown") -> None:
    before = Capture.objects.count()
    with pytest.raises((ShopRefused, CaptureRefused)) as refusal:
        photograph_visit(actor=actor, application_id=application.pk, side="front", content=desk.photograph())
    assert refusal.value.code == code
    assert Capture.objects.count() == before


def test_only_who_stated_the_visit_today_at_that_device_photographs():
    """P-REG-6: not another clerk, not tomorrow, not on a revoked tablet, not after the decision, not about other details."""
    station, actor = make.at_counter()
    _other, stranger = make.at_counter()
    application = handed_in()
    refused(actor, application)
    take_up_visit(actor=actor, reference=application.reference, last_six=application.id_number[-6:])
    refused(stranger, application)
    refused(SYSTEM, application, "shop_clerks_only")

    stated = ShopWitness.objects.get()
    ShopWitness.objects.update(created_at=timezone.now() - timedelta(days=1))
    refused(actor, application)
    ShopWitness.objects.update(created_at=stated.created_at)

    Application.objects.update(details_entered_at=timezone.now() + timedelta(seconds=1))
    refused(actor, application)
    Application.objects.update(details_entered_at=application.details_entered_at)

    for status in (ApplicationStatus.APPROVED, ApplicationStatus.REJECTED, ApplicationStatus.NEEDS_RESUBMISSION):
        Application.objects.update(status=status)
        refused(actor, application)
    Application.objects.update(status=ApplicationStatus.SUBMITTED)

    assert photograph_visit(actor=actor, application_id=application.pk, side="front", content=desk.photograph()).witness == stated
    revoke_device(actor=SYSTEM, device_id=station.device.pk)
    refused(actor, application, "shop_device_unknown")


def test_another_clerks_visit_does_not_exist():
    """P-ALL-1: 404, not 403."""
    client, _station = make.browser()
    page = taken_up(client, handed_in())
    other, _elsewhere = make.browser()
    assert other.get(page).status_code == 404
    assert send(other, page).status_code == 404
