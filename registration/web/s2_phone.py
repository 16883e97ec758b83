"""Step 2: the person proves that the number is theirs, by a one-time code; who acts for them does so later, by the same pages."""

from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from realname.access.actor import actor_from_request
from realname.outside import SourceUnavailable
from realname.ui.steps import Progress
from registration.errors import ApplicationClosed, CodeRefused, RegistrationError
from registration.gateways.http import sandbox_inbox
from registration.models import Application, PhoneCode
from registration.numbers import offers_numbers
from registration.selectors import code_of_resume, may_share_phone, newest_code
from registration.services.call_with_code import call_with_code
from registration.services.parties.prove_own_phone import prove_own_phone, share_phone
from registration.services.prove_phone import prove_phone
from registration.services.request_phone_code import request_phone_code
from registration.services.resume_application import resume_application, start_anew
from registration.states import Party
from registration.web import code_standing, steps
from registration.web.live import live_part, part
from registration.web.parties import address, needs_party
from registration.web.phone_forms import CodeForm, PhoneForm, ResumeForm
from registration.web.session import needs_application, needs_editable, needs_unproven, next_page, remember


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs_application
@needs_party
@needs_unproven
def phone(request: HttpRequest, application: Application, party: str) -> HttpResponse:
    """Ask for the number and send a code to it."""
    form = PhoneForm(request.POST or None, party=party)
    if request.method == "POST" and form.is_valid():
        sent_to = {"phone": form.cleaned_data["phone"], "party": Party(party)}
        try:
            request_phone_code(actor=actor_from_request(request), application_id=application.pk, **sent_to)
            return redirect(address("code", party))
        except CodeRefused as refusal:
            # a code was sent a moment ago: the page to enter it is what the person wants
            if refusal.code == "code_too_soon" and newest_code(application.pk, party):
                return redirect(address("code", party))
            form.add_error("phone", refusal.message)
        except RegistrationError as refusal:
            form.add_error("phone", refusal.message)
    shared = application.phone if party == Party.REPRESENTATIVE and may_share_phone(application) else ""
    context = {"form": form, "progress": _progress(party), "of_who_acts": party == Party.REPRESENTATIVE, "shared": shared}
    return render(request, "registration/web/phone.html", context, status=422 if form.errors else 200)


@require_POST
@needs_editable
@needs_party
def share(request: HttpRequest, application: Application, party: str) -> HttpResponse:
    """The number that was proven first is the own one of who acts, too."""
    try:
        share_phone(actor=actor_from_request(request), application_id=application.pk)
    except CodeRefused as refusal:
        messages.warning(request, refusal.message)
        return redirect(address("phone", party))
    except ApplicationClosed:
        return redirect("registration:status")
    return redirect(next_page(application))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs_application
@needs_party
@needs_unproven
def code(request: HttpRequest, application: Application, party: str) -> HttpResponse:
    """Ask for the code; a number with an unfinished application leads back to that one."""
    if party == Party.PRINCIPAL and code_of_resume(application.pk):
        return redirect(next_page(application))
    sent = newest_code(application.pk, party)
    if sent is None:
        return redirect(address("phone", party))
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _prove(request, application, party, form.cleaned_data["code"])
        except RegistrationError as refusal:
            form.add_error("code", refusal.message)
    return _code_page(request, application, form, party)


def _prove(request: HttpRequest, application: Application, party: str, entered: str) -> HttpResponse:
    """Where the code leads. Raises RegistrationError."""
    act = {"actor": actor_from_request(request), "application_id": application.pk, "entered": entered}
    if party == Party.REPRESENTATIVE:
        return redirect(next_page(prove_own_phone(**act)))
    proven = prove_phone(**act)
    if proven.phone_proven_at:
        remember(request, proven, fresh_key=True)
    # who begins may choose which number it shall be; who goes on has chosen
    begins = proven.phone_proven_at and not proven.details_entered_at and offers_numbers()
    return redirect("registration:number" if begins else next_page(proven))


@never_cache
@require_safe
@live_part
@needs_application
@needs_party
@needs_unproven
def code_state(request: HttpRequest, application: Application, party: str) -> HttpResponse:
    """Only where the code is on its way, for the page that waits."""
    sent = newest_code(application.pk, party)
    if sent is None:
        return redirect(next_page(application))
    return part(request, "registration/web/code_state.html", _standing(sent, party))


@require_POST
@needs_application
@needs_party
@needs_unproven
def call(request: HttpRequest, application: Application, party: str) -> HttpResponse:
    """Be called with the code instead."""
    if newest_code(application.pk, party) is None:
        return redirect(address("phone", party))
    try:
        call_with_code(actor=actor_from_request(request), application_id=application.pk, party=Party(party))
    except RegistrationError as refusal:
        return _code_page(request, application, _refused(refusal), party)
    return redirect(address("code", party))


@require_POST
@needs_application
@needs_party
@needs_unproven
def resend(request: HttpRequest, application: Application, party: str) -> HttpResponse:
    """Send another code to the same number."""
    sent = newest_code(application.pk, party)
    if sent is None:
        return redirect(address("phone", party))
    try:
        request_phone_code(actor=actor_from_request(request), application_id=application.pk, phone=sent.phone, party=Party(party))
    except RegistrationError as refusal:
        return _code_page(request, application, _refused(refusal), party)
    return redirect(address("code", party))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs_application
def resume(request: HttpRequest, application: Application) -> HttpResponse:
    """The number has an application that says who its person is: theirs, or withdrawn to begin anew."""
    if application.phone_proven_at or code_of_resume(application.pk) is None:
        return redirect(next_page(application))
    anew = "anew" in request.POST
    form = ResumeForm(request.POST if request.method == "POST" and not anew else None)
    if anew or form.is_valid():
        try:
            went_on = _go_on(request, application, form, anew=anew)
            remember(request, went_on, fresh_key=True)
            return redirect(next_page(went_on))
        except RegistrationError as refusal:
            # begun anew there is no field to say it beside
            form = form if form.is_bound else ResumeForm({})
            form.errors["last_six"] = form.error_class([refusal.message])
    context = {"form": form, "progress": steps.at("phone")}
    return render(request, "registration/web/resume.html", context, status=422 if form.errors else 200)


def _go_on(request: HttpRequest, application: Application, form: ResumeForm, *, anew: bool) -> Application:
    actor = actor_from_request(request)
    if anew:
        return start_anew(actor=actor, application_id=application.pk)
    return resume_application(actor=actor, application_id=application.pk, entered=form.cleaned_data["last_six"])


def _progress(party: str) -> Progress:
    return steps.at("phone" if party == Party.PRINCIPAL else "person")


def _standing(sent: PhoneCode, party: str) -> dict:
    """Where the code is, and the addresses of the pages of this party's phone. Codes on paper are for the number to register."""
    known = code_standing.of(sent)
    here = {name: address(name, party) for name in ("phone", "code_state", "call", "resend")}
    return {**known, "here": here, "shop": known["shop"] and party == Party.PRINCIPAL}


def _code_page(request: HttpRequest, application: Application, form: CodeForm, party: str) -> HttpResponse:
    sent = newest_code(application.pk, party)
    context = {"form": form, "progress": _progress(party), **_standing(sent, party), **_inbox(application, party)}
    return render(request, "registration/web/code.html", context, status=422 if form.errors else 200)


def _refused(refusal: RegistrationError) -> CodeForm:
    """The form with a refusal that is not about what was typed."""
    form = CodeForm({})
    form.errors["code"] = form.error_class([refusal.message])
    return form


@never_cache
@require_safe
@needs_application
@needs_party
def inbox(request: HttpRequest, application: Application, party: str) -> HttpResponse:
    """The sandbox's messages to the number of this session; nothing like it exists outside a sandbox."""
    if not settings.SANDBOX:
        raise Http404
    return render(request, "registration/web/inbox_part.html", _inbox(application, party))


def _inbox(application: Application, party: str) -> dict:
    """What the on-screen inbox shows, newest first."""
    sent = newest_code(application.pk, party)
    if not settings.SANDBOX or sent is None:
        return {}
    try:
        received = sandbox_inbox(sent.phone)
    except SourceUnavailable:
        received = []
    newest_first = sorted(received, key=lambda message: message.received_at, reverse=True)
    rows: list[dict[str, datetime | str]] = [{"at": message.received_at, "text": message.text} for message in newest_first[:3]]
    return {"messages_received": rows, "inbox_url": address("inbox", party)}
