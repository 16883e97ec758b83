"""Which of the rows that are due are under a legal hold."""

from datetime import datetime

from django.db.models import QuerySet

from registration.models import LegalHold
from registration.retention.base import Act, Rule


def held_rows(rule: Rule, rows: QuerySet, at: datetime) -> QuerySet:
    """Those of `rows` that may not be erased.

    A hold of a person holds all of theirs; one of an application or line its rows. Keys can't be destroyed in part: any hold keeps them,
    and so does one of an application or line keep rows that belong to the person alone.
    """
    holds = LegalHold.objects.acting(at)
    if rule.act == Act.DESTROY_KEY or not rule.application:
        return rows.filter(**{f"{rule.person}__in": holds.values("person_id")})
    return rows.filter(holds.covers(person=rule.person, application=rule.application))
