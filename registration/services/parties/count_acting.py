"""For how many people somebody acts: told on the trail where they are more than policy allows (R-14)."""

from datetime import timedelta

from django.utils import timezone

from realname import policy
from realname.access.actor import Actor
from realname.trail import record
from registration.models import Application
from registration.policy import PEOPLE_PER_AGENT
from registration.states import Representation

MONTH = timedelta(days=30)


def people_acted_for(application: Application) -> int:
    """How many people this application's representative acted for within a month, as agent, by their ID number; this one included."""
    index = application.representative.id_number_index
    handed_in = Application.objects.filter(
        representation=Representation.AGENT,
        representative__id_number_index=index,
        submitted_at__gt=timezone.now() - MONTH,
    )
    others = handed_in.exclude(id_number_index=application.id_number_index).values("id_number_index").distinct()
    return others.count() + 1


def over_limit(application: Application) -> bool:
    """Does its agent act for more people than policy allows?"""
    return application.representation == Representation.AGENT and people_acted_for(application) > policy.value(PEOPLE_PER_AGENT)


def tell_of_many(*, actor: Actor, application: Application) -> None:
    """Say so on the trail, for the rules of risk; a reviewer decides the application in any case. Call as it is handed in."""
    if over_limit(application):
        record(
            "agent.over_limit",
            actor=actor,
            subject=application,
            person_id=application.representative.person_id,
            data={"people": people_acted_for(application), "limit": policy.value(PEOPLE_PER_AGENT)},
        )
