"""One of everything that routes are about."""

from types import SimpleNamespace

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.test import Client

from realname.access.actor import SYSTEM, Actor
from realname.access.models import Role
from realname.trail.models import Event, ListenerCursor
from registration.models import Application, Number
from registration.services.account.request_right import request_right
from registration.services.hold_data import place_hold
from registration.states import RightsKind
from risk.services.assess import assess
from tests.factories import access, changes, desk, policy, shop
from tests.factories.policy import set_value
from tests.factories.verification import inquiry_of
from tests.rights.routes import ANONYMOUS
from verification.models import Decision


def build() -> SimpleNamespace:
    """Fresh rows, through the services."""
    change = changes.awaiting_approval()
    line = change.person.lines.get()
    review = desk.in_review()
    application = Application.objects.get(pk=review.application_id)
    with transaction.atomic():
        score = assess(application=application, checks={})
    decision = Decision.objects.create(
        person_id=application.person_id, application=application, round=1, outcome="review", reasons=["FIELDS_DIFFER"],
        policy_version=0, decided_by=SYSTEM.name,
    )  # fmt: skip
    return SimpleNamespace(
        change=change,
        person=change.person,
        line=line,
        number=Number.objects.get(number=line.number),
        review=review,
        application=application,
        score=score,
        decision=decision,
        check=application.checks.first(),
        inquiry=inquiry_of(application),
        consent=application.consents.first(),
        capture=application.captures.first(),
        rights_request=request_right(
            actor=Actor(kind="person", id=str(change.person.pk), name=""), kind=RightsKind.OBJECTION, words="not for this"
        ),
        legal_hold=place_hold(
            actor=Actor(kind="staff", id="0", name="another", role=Role.COMPLIANCE),
            person_id=change.person.pk,
            reason="dispute",
            authority_reference="1",
        ),
        shop_device=(device := shop.tablet()[0]),
        dealer=device.shop.dealer,
        shop=device.shop,
        posting=device.shop.postings.get(),
        delivery=application.person.deliveries.first(),
        staff=access.staff(Role.CLERK),
        event=Event.objects.first(),
        policy=set_value(key="registration.line_limit", value=6, note="rights"),
        draft=policy.drafted({"registration.line_limit": 7}),
        cursor=ListenerCursor.objects.get_or_create(name="rights.test")[0],
        content_type=ContentType.objects.get_for_model(Application),
        clients={ANONYMOUS: Client(), **{str(role): desk.signed_in(role) for role in Role}},
    )
