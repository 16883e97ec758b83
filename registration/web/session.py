"""Whose application this browser session is about, and which step comes next."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from registration.errors import OrganisationRests
from registration.models import Application, Person
from registration.selectors import code_of_resume, missing_parts
from registration.states import CaptureKind, Party

View = Callable[..., HttpResponse]

# what it takes of an application to keep a photograph
_PHOTOGRAPHED = ("person_id", "status", "phone_proven_at", "representation", "document_type", "organisation_id")

# the page of each missing part
PAGES = {
    "phone": "registration:phone",
    "number": "registration:number",
    CaptureKind.DOCUMENT_FRONT: "registration:document",
    CaptureKind.DOCUMENT_BACK: "registration:document",
    "details": "registration:details",
    CaptureKind.REPRESENTATIVE_FRONT: "registration:representative_document",
    CaptureKind.REPRESENTATIVE_BACK: "registration:representative_document",
    CaptureKind.RELATION: "registration:representative_document",
    "representative_details": "registration:representative_details",
    "representative_phone": "registration:representative_phone",
    CaptureKind.SELFIE: "registration:selfie",
    CaptureKind.CHALLENGE: "registration:challenge",
    CaptureKind.STATEMENT: "registration:statement",
}


def remember(request: HttpRequest, application: Application, *, fresh_key: bool = False) -> None:
    """Tie the session to an application; with a fresh key where its rights grow (the phone was proven)."""
    if fresh_key:
        request.session.cycle_key()
    request.session["application_id"] = str(application.pk)
    request.session["person_id"] = str(application.person_id)
    request.session["session_epoch"] = application.session_epoch


def current_application(request: HttpRequest, *only: str) -> Application | None:
    """The session's application, if there is one and it was not taken up in another browser since; `only` these fields, if named."""
    application_id, person_id = request.session.get("application_id"), request.session.get("person_id")
    if not application_id or not person_id:
        return None
    theirs = Application.objects.filter(pk=application_id, session_epoch=request.session.get("session_epoch", 0))
    # of an erased person nothing can be read: a page held open meanwhile leads to the beginning
    application = theirs.readable().only(*only).first()
    if application is None:
        return None
    if str(application.person_id) == person_id:
        return application
    # an approval may have merged the provisional person into a known one
    if not Person.objects.filter(pk=person_id, merged_into=application.person_id).exists():
        return None
    # whoever acts is named in the trail by the person they are now
    request.session["person_id"] = str(application.person_id)
    return application


def next_page(application: Application) -> str:
    """The address of the first thing that is missing; the review page where nothing is; the status page once it is handed in."""
    if not application.editable:
        return reverse("registration:status")
    missing = missing_parts(application)
    if "phone" in missing and code_of_resume(application.pk):
        return reverse("registration:resume")
    return reverse(PAGES[missing[0]] if missing else "registration:review")


def needs_application(view: View, *only: str) -> View:
    """Hand the session's application to the view; without one, begin (again) with consent, saying why."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        application = current_application(request, *only)
        if application is None:
            return redirect(f"{reverse('registration:consent')}?{urlencode({'ended': 1})}")
        return view(request, application, *args, **kwargs)

    return guarded


def needs_proven_phone(view: View, *only: str) -> View:
    """As `needs_application`, and the phone must be proven: before that nothing is shown or taken."""

    @wraps(view)
    def guarded(request: HttpRequest, application: Application, *args, **kwargs) -> HttpResponse:
        if application.phone_proven_at is None:
            return redirect("registration:phone")
        return view(request, application, *args, **kwargs)

    return needs_application(guarded, *only)


def needs_unproven(view: View) -> View:
    """Under `needs_application` and `needs_party`: go on where this party's phone is proven already.

    Who acts for the person proves theirs after the first, and may give another until it is handed in.
    """

    @wraps(view)
    def guarded(request: HttpRequest, application: Application, *args, party: str, **kwargs) -> HttpResponse:
        proven = application.phone_proven_at is not None
        if proven if party == Party.PRINCIPAL else not (proven and application.editable):
            return redirect(next_page(application))
        return view(request, application, *args, party=party, **kwargs)

    return guarded


def needs_editable(view: View, *only: str) -> View:
    """As `needs_proven_phone`, and the application must still be the person's to change; else its status is shown.

    Where its organisation is suspended a page says so, in the place of every step.
    """

    @wraps(view)
    def guarded(request: HttpRequest, application: Application, *args, **kwargs) -> HttpResponse:
        if not application.editable:
            return redirect("registration:status")
        if application.rests:
            context = {"application": application, "message": OrganisationRests().message}
            return render(request, "registration/web/organisation_rests.html", context, status=409)
        return view(request, application, *args, **kwargs)

    return needs_proven_phone(guarded, *only)


def takes_photograph(view: View) -> View:
    """As `needs_editable`, with the few fields that it takes to keep a photograph: it has ten times as many, and a person waits."""
    return needs_editable(view, *_PHOTOGRAPHED)
