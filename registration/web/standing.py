"""How an application stands, in what its person needs to know: the state, what happens next, what they can do."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from realname.masking import mask_phone
from registration import reason_texts
from registration.models import Account, Application, Line
from registration.numbers import reservation_of
from registration.reason_texts import Wait
from registration.selectors import label_of, missing_parts
from registration.states import APPLICATION_MOVES, ApplicationStatus, CaptureKind, LineStatus
from registration.web.session import PAGES, next_page

S = ApplicationStatus

# tone, title, and what happens next
HEADS: dict[str, tuple[str, Promise, Promise]] = {
    S.SUBMITTED: ("info", _("We have received your application"), _("The checks are about to begin. Most end within two minutes.")),
    S.VERIFYING: (
        "info",
        _("Your details are being checked"),
        _("Most checks end within two minutes. You may close this page and come back."),
    ),
    S.IN_REVIEW: (
        "info",
        _("A person is looking at your application"),
        _("You will have an answer within one working day. You may close this page and come back with your phone and ID number."),
    ),
    S.NEEDS_RESUBMISSION: ("warn", _("Something is needed again"), _("Only what is named here; everything else stays as it is.")),
    S.APPROVED: ("good", _("Your identity is verified"), _("Your number is being activated. This takes a moment.")),
    S.ACTIVATED: ("good", _("Your number is active"), _("It is registered under your name. You can use it now.")),
    S.REJECTED: ("bad", _("Your application was refused"), _("You can ask that a person at the operator decides.")),
    S.WITHDRAWN: ("neutral", _("You withdrew this application"), _("Nothing was registered. You can apply again at any time.")),
    S.EXPIRED: ("neutral", _("This application has expired"), _("It was left unfinished for too long. You can apply again at any time.")),
}
FOR_ANOTHER = _("It is registered under the name of the person you act for. It can be used now.")
WAITING = _(
    "The authority that confirms identities does not answer at the moment. We ask it again by %(next)s. You need do nothing, and it is "
    "not held against you. Without an answer by %(deadline)s at the latest, a person at the operator decides."
)
_DETAILS = {"details": _("Details"), "representative_details": _("Details of who acts for the person")}
# nothing changes by itself: the page need not ask again
ENDED = {S.NEEDS_RESUBMISSION, S.ACTIVATED, S.REJECTED, S.WITHDRAWN, S.EXPIRED}
# what an activated application says once its line is over
ENDED_LINE = {
    "tone": "neutral",
    "title": _("This number is no longer yours"),
    "text": _("Its line has ended. After a time of rest the number may be given to somebody else."),
}
CHECKING = {S.SUBMITTED, S.VERIFYING}


def of(application: Application) -> dict:
    """All the status page shows."""
    wait = reason_texts.wait_of(application) if application.status == S.VERIFYING else None
    tone, title, text = _waiting_head(wait) if wait else HEADS[application.status]
    if application.representation and application.status == S.ACTIVATED:
        text = FOR_ANOTHER
    done, total = reason_texts.progress_of(application)
    return {
        "application": application,
        "tone": tone,
        "title": title,
        "text": text,
        "ended": application.status in ENDED,
        "go_on": next_page(application),
        "seconds": 2 if application.status in CHECKING and not wait else 10,
        "done": done,
        "total": total,
        "checking": application.status in CHECKING,
        "reasons": _reasons(application),
        "items": _items(application),
        "entries": _entries(application, done, total),
        "may_withdraw": APPLICATION_MOVES.allows(application.status, S.WITHDRAWN),
        "may_ask_review": application.status == S.REJECTED and application.review_requested_at is None,
        # the code leads back to what is on its way only
        "may_return": application.status in ApplicationStatus.open(),
        "over": application.status in {S.REJECTED, S.WITHDRAWN, S.EXPIRED},
        "seen": f"{application.status}-{done}-{total}" + (f"-{wait.next_try_at:%H%M}" if wait else ""),
        **_line(application),
    }


def _waiting_head(wait: Wait) -> tuple[str, Promise, str]:
    """An outage told as it is: what happens next, by when, and that the person need do nothing (P-VER-6)."""
    return "info", _("We are waiting for an authority"), WAITING % {"next": _clock(wait.next_try_at), "deadline": _clock(wait.deadline_at)}


def _clock(moment: datetime) -> str:
    """Day and time in the person's language, no earlier than the moment: a promise is not rounded down."""
    return date_format(timezone.localtime(moment + timedelta(minutes=1)), "SHORT_DATETIME_FORMAT")


def _reasons(application: Application) -> list[str]:
    """What to say about each reason; of an active line or a withdrawn application the panel says all there is."""
    if application.status in {S.ACTIVATED, S.APPROVED, S.WITHDRAWN}:
        return []
    return list(dict.fromkeys(text for code in application.reason_codes if (text := reason_texts.text_for(code))))


def _items(application: Application) -> list[dict]:
    """What is asked for again: its name, its page, and whether it was done meanwhile."""
    if application.status != S.NEEDS_RESUBMISSION:
        return []
    missing = set(missing_parts(application))
    names = {**{str(kind): label_of(application, kind) for kind in CaptureKind}, **_DETAILS, "number": _("Number")}
    items = dict.fromkeys([*application.items_to_resubmit, *(part for part in missing if part in names)])
    return [{"name": names[item], "url": reverse(PAGES[item]), "done": item not in missing} for item in items if item in names]


def _line(application: Application) -> dict:
    """The number and the account of an active line; before that, the number chosen."""
    line = Line.objects.filter(application=application).select_related("person").first()
    if line is None:
        return {"chosen": mask_phone(application.chosen_number)} if reservation_of(application) else {}
    account = Account.objects.filter(person_id=line.person_id).first()
    if line.status == LineStatus.TERMINATED:
        return {**ENDED_LINE, "account": account.number if account else ""}
    return {"number": mask_phone(line.number), "account": account.number if account else ""}


def _entries(application: Application, done: int, total: int) -> list[dict]:
    """The timeline: handed in, checked, looked at by a person where that is so, decided."""
    if application.submitted_at is None:
        return []
    checking, status = application.status in CHECKING, application.status
    progress = _("%(done)d of %(total)d checks have ended.") % {"done": done, "total": total} if checking and total else ""
    entries = [
        {"name": _("Handed in"), "state": "done", "at": application.submitted_at},
        {"name": _("Automatic checks"), "state": "current" if checking else "done", "text": progress},
    ]
    if status == S.IN_REVIEW:
        entries.append({"name": _("A look by a person at the operator"), "state": "current"})
    decided = status not in CHECKING and status != S.IN_REVIEW
    name = HEADS[status][1] if decided else _("Decision")
    entries.append({"name": name, "state": "done" if decided else "todo", "at": application.decided_at if decided else None})
    return entries
