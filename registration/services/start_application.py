"""A person opens the first page and agrees: the application begins."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from realname import policy
from realname.access.actor import Actor
from realname.access.network import network_of
from realname.trail import record
from registration.models import Application, Person
from registration.policy import DRAFT_LIFE
from registration.services.give_consent import give_consents
from registration.services.parties.choose_representation import choose_representation
from registration.services.shop.assist_application import assist_application
from registration.states import ConsentPurpose, Representation, StatementWay, VerificationPath


@transaction.atomic
def start_application(
    *,
    actor: Actor,
    path: VerificationPath,
    purposes: set[ConsentPurpose],
    language: str,
    statement_way: StatementWay | str = "",
    channel: str = "web",
    representation: Representation | str = "",
) -> Application:
    """Open a draft with its consents. Raises ApplicationIncomplete where a needed consent is missing (R-26, R-34)."""
    application = Application(
        person=Person.objects.create(),
        path=path,
        statement_way=statement_way if path == VerificationPath.FACE_FREE else "",
        language=language,
        channel=channel,
        # a tablet and a network that many people share say nothing of this one
        device="" if actor.place else actor.device,
        network="" if actor.place else network_of(actor.ip),
        expires_at=timezone.now() + timedelta(days=policy.value(DRAFT_LIFE)),
    )
    application.save()
    if actor.place:
        assist_application(actor=actor, application=application)
    record(
        "application.started",
        actor=actor,
        subject=application,
        person_id=application.person_id,
        data={"path": path, "language": language, "channel": application.channel},
    )
    choose_representation(actor=actor, application=application, representation=representation)
    give_consents(actor=actor, application=application, purposes=purposes, language=language)
    return application
