"""This stage's rules, as one table. What is erased sooner by its own clock (captures as sent, copies of data) is in docs/retention.md."""

from datetime import datetime, time, timedelta

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from realname import policy
from realname.access.actor import SYSTEM
from realname.policy.models import DryRun
from realname.vault.erase import erase_person
from realname.vault.keyring import PERSON
from realname.vault.models import DataKey
from registration.account_selectors import things_of
from registration.locks import lock_application
from registration.models import Application, Capture, Delivery, InboxNotice, Line, Person, PhoneCode, RightsRequest, SignIn, SignInAttempt
from registration.policy import CONTACT_LOG_DAYS, DRY_RUN_DAYS, KEPT_AFTER_SERVICE, NOTICE_DAYS, OBJECTION_DAYS, UNSERVED_DAYS
from registration.retention.base import Act, Rule, register
from registration.services.erase_face_captures import FACE_KINDS, due_faces, erase_capture
from registration.services.forget_indexes import forget_indexes
from registration.services.parties.forget_representatives import forget_representatives
from registration.states import ApplicationStatus, DeliveryStatus, LineStatus, RightsStatus

OVER = (ApplicationStatus.REJECTED, ApplicationStatus.WITHDRAWN, ApplicationStatus.EXPIRED)
# when an application that is over ended: expired ones have no decision but their day
_ENDED = Coalesce("decided_at", "expires_at", "created_at")


def _faces(at: datetime) -> QuerySet:
    return Capture.objects.filter(due_faces("application__", at), kind__in=FACE_KINDS, file__erased_at__isnull=True)


def _erase_captures(rows: QuerySet) -> int:
    captures = list(rows.select_related("file", "application"))
    for capture in captures:
        application = lock_application(capture.application_id)
        erase_capture(actor=SYSTEM, application=application, capture=capture, reason="retention")
    return len(captures)


def _unserved(at: datetime) -> QuerySet:
    """Persons who never had a line, whose last application ended so long ago, and who wait for no answer of ours."""
    mine = Application.objects.filter(person=OuterRef("pk"))
    last = mine.annotate(over_at=_ENDED).order_by("-over_at").values("over_at")[:1]
    until = at - timedelta(days=policy.value(UNSERVED_DAYS))
    found = _living(Person.objects.filter(merged_into=None)).filter(~Exists(Line.objects.filter(person=OuterRef("pk"))))
    return found.filter(~Exists(mine.exclude(status__in=OVER))).annotate(ended=Subquery(last)).filter(ended__lte=until)


def _served(at: datetime) -> QuerySet:
    """Persons whose last line ended more than so many days ago (R-06), and who have no application on its way."""
    today = timezone.localdate(at)
    first_kept = today - timedelta(days=policy.value(KEPT_AFTER_SERVICE))
    until = timezone.make_aware(datetime.combine(first_kept, time.min))
    held = Line.objects.filter(person=OuterRef("pk")).exclude(status=LineStatus.TERMINATED)
    on_its_way = Application.objects.open().filter(person=OuterRef("pk"))
    things = things_of(OuterRef("pk")).filter(Q(ended_at__isnull=True) | Q(ended_at__gte=until))
    found = _living(Person.objects.filter(merged_into=None)).filter(~Exists(held), ~Exists(on_its_way), ~Exists(things))
    return found.annotate(ended=Max("lines__ended_at")).filter(ended__lt=until)


def _living(persons: QuerySet) -> QuerySet:
    """Whose keys are not destroyed, and who wait for no answer to a request."""
    erased = DataKey.objects.filter(person_id=OuterRef("pk"), purpose=PERSON).exclude(erased_at=None)
    asked = RightsRequest.objects.filter(person=OuterRef("pk"), status=RightsStatus.RECEIVED)
    return persons.filter(~Exists(erased), ~Exists(asked))


def _destroy_keys(rows: QuerySet) -> int:
    persons = list(rows.values_list("pk", flat=True))
    for person_id in persons:
        erase_person(person_id, reason="retention")
        forget_indexes(person_id=person_id)
        forget_representatives(person_id=person_id)
    return len(persons)


def _contact_until(at: datetime) -> datetime:
    return at - timedelta(days=policy.value(CONTACT_LOG_DAYS))


def _codes(at: datetime) -> QuerySet:
    used = SignInAttempt.objects.filter(code=OuterRef("pk"))
    return PhoneCode.objects.filter(~Exists(used), expires_at__lte=_contact_until(at))


def _delete(rows: QuerySet) -> int:
    return rows.delete()[0]


def _empty_device(rows: QuerySet) -> int:
    return rows.update(device="", described="", network="")


def _naming_dry_runs(at: datetime) -> QuerySet:
    """Those whose result still says which applications would be decided otherwise."""
    old = DryRun.objects.filter(started_at__lte=at - timedelta(days=policy.value(DRY_RUN_DAYS)))
    return old.filter(result__has_key="flips").exclude(result__flips=[])


def _forget_names(rows: QuerySet) -> int:
    dry_runs = list(rows)
    for dry_run in dry_runs:
        dry_run.result["flips"] = []
    return DryRun.objects.bulk_update(dry_runs, ["result"])


_KEPT_ROW = _("the row with its digest, and the trail")
_TRAIL = _("the trail")

register(
    Rule(
        name="face_captures",
        what=_("Selfies, films of movements, video statements"),
        clock=_("the decision; where there was none, the end of the application"),
        days=OBJECTION_DAYS,
        act=Act.ERASE_FILE,
        stays=_KEPT_ROW,
        source="R-35; R-39",
        covers=("registration.Capture", "registration.Challenge"),
        since="created_at",
        due=_faces,
        erase=_erase_captures,
        application="application_id",
    )
)
register(
    Rule(
        name="without_service",
        what=_("All of a person who never had a line"),
        clock=_("the end of their last application"),
        days=UNSERVED_DAYS,
        act=Act.DESTROY_KEY,
        stays=_KEPT_ROW,
        source="R-28; PIPL art. 19, 47",
        covers=("registration.Person", "registration.Application", "registration.Representative", "registration.Capture"),
        since="ended",
        due=_unserved,
        erase=_destroy_keys,
        person="pk",
    )
)
register(
    Rule(
        name="after_service",
        what=_("All of a person whose service has ended: identity data, photographs of the document, numbers, what they wrote"),
        clock=_("the end of their last line"),
        days=KEPT_AFTER_SERVICE,
        act=Act.DESTROY_KEY,
        stays=_KEPT_ROW,
        source="R-06; Order 25 art. 11",
        covers=(
            "registration.Person",
            "registration.Application",
            "registration.Representative",
            "registration.Capture",
            "registration.Line",
            "registration.RightsRequest",
            "registration.Passkey",
            "registration.Authenticator",
            "registration.DataExport",
        ),
        since="ended",
        due=_served,
        erase=_destroy_keys,
        person="pk",
    )
)
register(
    Rule(
        name="sign_in_attempts",
        what=_("Attempts to sign in"),
        clock=_("the attempt"),
        days=CONTACT_LOG_DAYS,
        act=Act.DELETE_ROWS,
        stays=_TRAIL,
        source="R-41",
        covers=("registration.SignInAttempt",),
        since="created_at",
        due=lambda at: SignInAttempt.objects.filter(created_at__lte=_contact_until(at)),
        erase=_delete,
    )
)
register(
    Rule(
        name="phone_codes",
        what=_("One-time codes and the numbers they went to"),
        clock=_("their last moment"),
        days=CONTACT_LOG_DAYS,
        act=Act.DELETE_ROWS,
        stays=_TRAIL,
        source="R-41",
        covers=("registration.PhoneCode",),
        since="expires_at",
        due=_codes,
        erase=_delete,
        application="application_id",
    )
)
register(
    Rule(
        name="deliveries",
        what=_("Messages to phones"),
        clock=_("their end"),
        days=CONTACT_LOG_DAYS,
        act=Act.DELETE_ROWS,
        stays=_TRAIL,
        source="R-41",
        covers=("registration.Delivery",),
        since="ended_at",
        due=lambda at: Delivery.objects.filter(status__in=DeliveryStatus.ended(), ended_at__lte=_contact_until(at)),
        erase=_delete,
    )
)
register(
    Rule(
        name="sign_ins",
        what=_("Devices and networks of sign-ins"),
        clock=_("the last moment of the sign-in"),
        days=CONTACT_LOG_DAYS,
        act=Act.ERASE_FIELDS,
        stays=_("the row with its times"),
        source="R-41",
        covers=("registration.SignIn",),
        since="expires_at",
        due=lambda at: SignIn.objects.filter(~Q(device="", described="", network=""), expires_at__lte=_contact_until(at)),
        erase=_empty_device,
    )
)
register(
    Rule(
        name="inbox_notices",
        what=_("Notices in the inbox"),
        clock=_("the notice"),
        days=NOTICE_DAYS,
        act=Act.DELETE_ROWS,
        stays=_TRAIL,
        source="R-28",
        covers=("registration.InboxNotice",),
        since="created_at",
        due=lambda at: InboxNotice.objects.filter(created_at__lte=at - timedelta(days=policy.value(NOTICE_DAYS))),
        erase=_delete,
    )
)
register(
    Rule(
        name="policy_dry_runs",
        what=_("References of applications in dry runs of the policy"),
        clock=_("the dry run"),
        days=DRY_RUN_DAYS,
        act=Act.ERASE_FIELDS,
        stays=_("the row with its counts"),
        source="R-28; PIPL art. 19",
        covers=("policy.DryRun",),
        since="started_at",
        due=_naming_dry_runs,
        erase=_forget_names,
        person="",
    )
)
