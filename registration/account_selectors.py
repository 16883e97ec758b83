"""Questions of the person's account."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from realname import policy
from realname.vault.erase import is_erased
from registration.models import Application, Authenticator, InboxNotice, IotLine, Line, Passkey, Person, SignInAttempt
from registration.parties_selectors import reached_by_guardian
from registration.policy import CODE_ATTEMPTS, CODE_ATTEMPTS_ALL, CODE_LOCK, KEPT_AFTER_SERVICE, RESUME_ATTEMPTS, RESUME_LOCK
from registration.states import ApplicationStatus, LineStatus

# a line that its holder can receive a message on
REACHABLE = (LineStatus.ACTIVE, LineStatus.RESTRICTED, LineStatus.SUSPENDED)


@dataclass(frozen=True, slots=True)
class Holders:
    """Whose account a number may open. `sure`: the number alone tells who it is."""

    persons: tuple[Person, ...] = ()
    sure: bool = False


def holders_of(phone_index: str) -> Holders:
    """Who may sign in by a code to this number.

    A line in use is its holder's, and only theirs: whose contact phone the number was before it was given out again does not count.
    A contact phone, or the number of an application, is no line of ours: it may have gone to somebody else, so the ID number is asked.
    """
    line = Line.objects.filter(number_index=phone_index, status__in=REACHABLE).select_related("person").first()
    if line is not None:
        return Holders() if is_erased(line.person_id) else Holders((line.person,), sure=True)
    by_contact = Person.objects.filter(contact_phone_index=phone_index, verified_at__isnull=False)
    applied = Application.objects.filter(
        phone_index=phone_index, phone_proven_at__isnull=False, details_entered_at__isnull=False, person__verified_at=None
    ).filter(status__in=(*ApplicationStatus.open(), ApplicationStatus.REJECTED))
    persons = by_contact | Person.objects.filter(pk__in=applied.values("person_id"))
    living = (person for person in persons.filter(merged_into=None).order_by("pk") if not is_erased(person.pk))
    # a guardian's phone opens the account of a child, and of nobody who is of age
    return Holders(tuple(person for person in living if person.contact_phone_index != phone_index or not reached_by_guardian(person)))


def number_of(phone_index: str) -> tuple[Person, str] | None:
    """One of those who may sign in by this blind index's number, and the number itself."""
    holders = holders_of(phone_index)
    if not holders.persons:
        return None
    person = holders.persons[0]
    if holders.sure:
        return person, Line.objects.get(number_index=phone_index, status__in=REACHABLE).number
    if person.contact_phone_index == phone_index:
        return person, person.contact_phone
    return person, person.applications.filter(phone_index=phone_index).first().phone


def attempts_from(*, device: str, network: str) -> Q:
    """Attempts to sign in made on this device or from this network."""
    place = Q(device=device) if device else Q(pk__in=[])
    return place | Q(network=network) if network else place


def wrong_codes_lock(phone_index: str, place: Q) -> bool:
    """Were too many wrong codes entered for this number lately, from this place or from all places together?"""
    recent = _recent(phone_index, policy.value(CODE_LOCK))
    of_place, of_all = _sum(recent.filter(place), "attempts"), _sum(recent, "attempts")
    return of_place >= policy.value(CODE_ATTEMPTS) or of_all >= policy.value(CODE_ATTEMPTS_ALL)


def identity_lock(phone_index: str) -> bool:
    """Were too many wrong ends of an ID number given lately by who holds this number?"""
    return _sum(_recent(phone_index, policy.value(RESUME_LOCK)), "identity_attempts") >= policy.value(RESUME_ATTEMPTS)


def _recent(phone_index: str, seconds: int) -> QuerySet[SignInAttempt]:
    return SignInAttempt.objects.filter(phone_index=phone_index, created_at__gt=timezone.now() - timedelta(seconds=seconds))


def _sum(attempts: QuerySet[SignInAttempt], field: str) -> int:
    return attempts.aggregate(total=Sum(field))["total"] or 0


def has_second_factor(person: Person) -> bool:
    """Does sign-in ask this person for more than the code?"""
    return (
        Passkey.objects.filter(person=person).exists() or Authenticator.objects.filter(person=person, confirmed_at__isnull=False).exists()
    )


def guarded(person: Person) -> bool:
    """Did they say, lately, that somebody else was in their account?"""
    return bool(person.guarded_until and person.guarded_until > timezone.now())


def unread(person: Person) -> int:
    """How many notices wait to be read."""
    return InboxNotice.objects.filter(person=person).unread().count()


def language_of(person: Person) -> str:
    """The language they are written to in: that of their account, else of their newest application."""
    newest = person.applications.order_by("-created_at").values_list("language", flat=True).first()
    return person.language or newest or settings.LANGUAGE_CODE


def phone_of(person: Person) -> str | None:
    """Where a message reaches them: the contact phone, else their oldest line, else the number of their application.

    Not the phone of who was their guardian, once they are of age.
    """
    if person.contact_phone and not reached_by_guardian(person):
        return person.contact_phone
    line = person.lines.filter(status__in=REACHABLE).order_by("activated_at").first()
    if line is not None:
        return line.number
    application = person.applications.filter(phone_proven_at__isnull=False).order_by("-created_at").first()
    return application.phone if application else None


def ids_of(person: Person) -> list:
    """Under which ids the trail speaks of this person: their own, and those they had before they were known."""
    return [person.pk, *Person.objects.filter(merged_into=person).values_list("pk", flat=True)]


def working_days_after(day: date, days: int) -> date:
    """The day by which so many working days have passed. Saturdays and Sundays do not count; public holidays do, so that the
    answer is early rather than late."""
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day


def service_ended() -> QuerySet[Person]:
    """Verified people all of whose lines have ended, with no application on its way (R-28)."""
    lines = Line.objects.filter(person=OuterRef("pk"))
    going = Application.objects.open().filter(person=OuterRef("pk"))
    things = things_of(OuterRef("pk")).held()
    known = Person.objects.filter(verified_at__isnull=False, merged_into=None)
    return known.filter(Exists(lines), ~Exists(lines.held()), ~Exists(going), ~Exists(things))


def things_of(person: object) -> QuerySet[IotLine]:
    """Lines of things that this person uses or answers for: who they are is kept for those, too (R-06, R-19)."""
    return IotLine.objects.filter(Q(end_person=person) | Q(use__responsible_person=person))


@dataclass(frozen=True, slots=True)
class Keeping:
    """Why identity data may not be deleted: `reason` is a code of registration/rights.py, `until` the last day where it is known."""

    reason: str
    until: date | None = None


def keeping_of(person: Person) -> Keeping | None:
    """What the law makes us keep, and until when (R-06); nothing: it may be deleted. For retention to ask, too."""
    if person.lines.held().exists() or things_of(person).held().exists():
        return Keeping("service_runs")
    ends = [lines.aggregate(last=Max("ended_at"))["last"] for lines in (person.lines, things_of(person))]
    ended = max((end for end in ends if end), default=None)
    if ended is None:
        return None
    until = timezone.localdate(ended) + timedelta(days=policy.value(KEPT_AFTER_SERVICE))
    return Keeping("two_years", until) if until >= timezone.localdate() else None
