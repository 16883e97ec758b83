"""Rules of retention for organisations: their papers, and what is known of who acts for them (R-06, R-28)."""

from datetime import datetime, timedelta

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from realname import policy
from realname.access.actor import SYSTEM
from realname.policy import Parameter
from realname.vault.erase import erase_person
from registration.locks import lock_organisation
from registration.models import Application, IotLine, IotUse, Line, Organisation
from registration.policy import KEPT_AFTER_SERVICE, UNSERVED_DAYS
from registration.retention.base import Act, Rule, register
from registration.services.organisation.withdraw_correction import withdraw_open
from registration.states import IotUseStatus, OrganisationStatus

_COVERS = (
    "registration.Organisation",
    "registration.OrganisationCorrection",
    "registration.OrganisationImage",
    "registration.IotUse",
    "registration.IotLine",
    "registration.IotRecheck",
)
_STAYS = _("name and code of the organisation, and the trail")


def _over(at: datetime, days: Parameter, *statuses: OrganisationStatus) -> QuerySet:
    """Without a line and an application on its way, since so many days."""
    held = Line.objects.held().filter(organisation=OuterRef("pk"))
    on_its_way = Application.objects.open().filter(organisation=OuterRef("pk"))
    # held by it, or used by it where another handed them on
    things = IotLine.objects.held().filter(Q(organisation=OuterRef("pk")) | Q(end_organisation=OuterRef("pk")))
    asked = IotUse.objects.filter(organisation=OuterRef("pk"), status__in=[IotUseStatus.PENDING, IotUseStatus.SECOND])
    found = Organisation.objects.filter(~Exists(held), ~Exists(on_its_way), ~Exists(things), ~Exists(asked), status__in=statuses)
    # of nothing but NULLs Postgres takes nothing, of others the last
    last = Greatest(Max("lines__ended_at"), Max("iot_lines__ended_at"), Max("iot_lines_used__ended_at"))
    since = Coalesce(last, "judged_at", "created_at")
    return found.annotate(ended=since).filter(ended__lt=at - timedelta(days=policy.value(days)))


def _end(rows: QuerySet) -> int:
    """Nothing more can be read of it, and no line of it be activated: entered anew it is a new record."""
    ended = 0
    for organisation_id in rows.order_by("pk").values_list("pk", flat=True):
        organisation = lock_organisation(organisation_id)
        if organisation.lines.held().exists() or organisation.iot_lines.held().exists():
            continue  # activated since it was found
        organisation.move(to=OrganisationStatus.ENDED)
        organisation.save(update_fields=["status"])
        withdraw_open(SYSTEM, organisation)
        erase_person(organisation.pk, reason="retention")
        ended += 1
    return ended


register(
    Rule(
        name="organisations_without_service",
        what=_("Papers and agent of an organisation that was never approved"),
        clock=_("the rejection; where there was none, the day it was entered"),
        days=UNSERVED_DAYS,
        act=Act.DESTROY_KEY,
        stays=_STAYS,
        source="R-28; PIPL art. 19, 47",
        covers=_COVERS,
        since="ended",
        due=lambda at: _over(at, UNSERVED_DAYS, OrganisationStatus.PENDING, OrganisationStatus.REJECTED),
        erase=_end,
        person="pk",
    )
)
register(
    Rule(
        name="organisations_after_service",
        what=_("Papers and agent of an organisation whose lines have all ended"),
        clock=_("the end of its last line; where it had none, the approval"),
        days=KEPT_AFTER_SERVICE,
        act=Act.DESTROY_KEY,
        stays=_STAYS,
        source="R-06; Order 25 art. 11",
        covers=_COVERS,
        since="ended",
        due=lambda at: _over(at, KEPT_AFTER_SERVICE, OrganisationStatus.APPROVED, OrganisationStatus.SUSPENDED),
        erase=_end,
        person="pk",
    )
)
