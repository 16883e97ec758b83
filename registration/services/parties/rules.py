"""Who may act for whom: what the law and arithmetic leave no doubt about. What is only unlikely is a reviewer's to weigh."""

from datetime import date

from django.utils import timezone

from realname import policy
from registration.documents.validity import age_on
from registration.models import Application
from registration.policy import MINIMUM_AGE
from registration.states import Party, Representation

# Full age: Civil Code art. 17 [K]
FULL_AGE = 18
# Younger children's data are sensitive of themselves: PIPL art. 31 [S]
SMALL_CHILD_AGE = 14


def age_refusal(application: Application, party: str, birth: date) -> str:
    """The code of why somebody born then can't be this party; nothing where they can."""
    age = age_on(timezone.localdate(), birth)
    if party == Party.REPRESENTATIVE:
        return "representative_not_adult" if age < FULL_AGE else ""
    if application.representation == Representation.GUARDIAN:
        return "not_a_minor" if age >= FULL_AGE else ""
    return "under_age" if age < policy.value(MINIMUM_AGE) else ""


def broken_rule(application: Application) -> tuple[str, str] | None:
    """The part and the code of what stands against the two parties as entered; None: nothing does.

    Also where only one of them was changed since, or a birthday has passed. Call where both are entered.
    """
    parts = {Party.PRINCIPAL: "details", Party.REPRESENTATIVE: "representative_details"}
    for party in application.parties:
        if refusal := age_refusal(application, party, application.party(party).birth):
            return parts[party], refusal
    if application.representation and same_person(application):
        return parts[Party.REPRESENTATIVE], "same_person"
    return None


def same_person(application: Application) -> bool:
    """Are both parties one person, as far as their numbers say?"""
    index = application.representative.id_number_index
    return bool(index) and index == application.id_number_index


def of_small_child(application: Application) -> bool:
    """Is the person registered so young that nothing may be decided of them without the care of R-12?"""
    return bool(application.birth) and age_on(timezone.localdate(), application.birth) < SMALL_CHILD_AGE
