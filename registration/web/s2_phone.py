"""Step 2: the person proves that the number is theirs, by a one-time code."""

from datetime import datetime

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from realname.access.actor import actor_from_request
from realname.outside import SourceUnavailable
from realname.ui.forms import Form, TextField
from realname.ui.phone import PhoneField
from registration.errors import MESSAGES, CodeRefused, RegistrationError
from registration.gateways.http import sandbox_inbox
from registration.models import Application
from registration.numbers import offers_numbers
from registration.selectors import code_of_resume, newest_code
from registration.services.call_with_code import call_with_code
from registration.services.phone_digits import DIGITS
from registration.services.prove_phone import prove_phone
from registration.services.request_phone_code import request_phone_code
from registration.services.resume_application import ASKED_CHARACTERS, resume_application, start_anew
from registration.web import code_standing, steps
from registration.web.live import live_part, part
from registration.web.session import needs_application, next_page, remember


class PhoneForm(Form):
    """The number to register."""

    phone = PhoneField(
        label=_("Phone number to register"),
        help_text=_("A mainland mobile number of 11 digits. We send a code to it."),
    )


class CodeForm(Form):
    """The six digits."""

    code = TextField(
        label=_("Code from the message"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "input--code"}),
        limit=12,
        fits=DIGITS,
    )

    def clean_code(self) -> str:
        """Digits only: people type spaces, and full-width digits are digits. What can be no code uses up no guess."""
        digits = "".join(str(int(char)) for char in self.cleaned_data["code"] if char.isdecimal())
        if len(digits) != DIGITS:
            raise ValidationError(MESSAGES["code_digits"], code="code_digits")
        return digits


class ResumeForm(Form):
    """The end of the ID number that was entered."""

    last_six = TextField(
        label=_("Last six characters of your ID number"),
        help_text=_("As you entered it in that application."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "input--code"}
        ),
        limit=20,
        fits=ASKED_CHARACTERS,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs_application
def phone(request: HttpRequest, application: Application) -> HttpResponse:
    """Ask for the number and send a code to it."""
    if application.phone_proven_at:
        return redirect(next_page(application))
    form = PhoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            request_phone_code(actor=actor_from_request(request), application_id=application.pk, phone=form.cleaned_data["phone"])
            return redirect("registration:code")
        except CodeRefused as refusal:
            # a code was sent a moment ago: the page to enter it is what the person wants
            if refusal.code == "code_too_soon" and newest_code(application.pk):
                return redirect("registration:code")
            form.add_error("phone", refusal.message)
        except RegistrationError as refusal:
            form.add_error("phone", refusal.message)
    context = {"form": form, "progress": steps.at("phone")}
    return render(request, "registration/web/phone.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs_application
def code(request: HttpRequest, application: Application) -> HttpResponse:
    """Ask for the code; a number with an unfinished application leads back to that one."""
    if application.phone_proven_at or code_of_resume(application.pk):
        return redirect(next_page(application))
    sent = newest_code(application.pk)
    if sent is None:
        return redirect("registration:phone")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actor = actor_from_request(request)
            proven = prove_phone(actor=actor, application_id=application.pk, entered=form.cleaned_data["code"])
            if proven.phone_proven_at:
                remember(request, proven, fresh_key=True)
            # who begins may choose which number it shall be; who goes on has chosen
            begins = proven.phone_proven_at and not proven.details_entered_at and offers_numbers()
            return redirect("registration:number" if begins else next_page(proven))
        except RegistrationError as refusal:
            form.add_error("code", refusal.message)
    return _code_page(request, application, form)


@never_cache
@require_safe
@live_part
@needs_application
def code_state(request: HttpRequest, application: Application) -> HttpResponse:
    """Only where the code is on its way, for the page that waits."""
    sent = newest_code(application.pk)
    if sent is None or application.phone_proven_at:
        return redirect(next_page(application))
    return part(request, "registration/web/code_state.html", code_standing.of(sent))


@require_POST
@needs_application
def call(request: HttpRequest, application: Application) -> HttpResponse:
    """Be called with the code instead."""
    if newest_code(application.pk) is None or application.phone_proven_at:
        return redirect("registration:phone")
    try:
        call_with_code(actor=actor_from_request(request), application_id=application.pk)
    except RegistrationError as refusal:
        return _code_page(request, application, _refused(refusal))
    return redirect("registration:code")


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


@require_POST
@needs_application
def resend(request: HttpRequest, application: Application) -> HttpResponse:
    """Send another code to the same number."""
    sent = newest_code(application.pk)
    if sent is None or application.phone_proven_at:
        return redirect("registration:phone")
    try:
        request_phone_code(actor=actor_from_request(request), application_id=application.pk, phone=sent.phone)
    except RegistrationError as refusal:
        return _code_page(request, application, _refused(refusal))
    return redirect("registration:code")


def _code_page(request: HttpRequest, application: Application, form: CodeForm) -> HttpResponse:
    sent = newest_code(application.pk)
    context = {"form": form, "progress": steps.at("phone"), **code_standing.of(sent), **_inbox(application)}
    return render(request, "registration/web/code.html", context, status=422 if form.errors else 200)


def _refused(refusal: RegistrationError) -> CodeForm:
    """The form with a refusal that is not about what was typed."""
    form = CodeForm({})
    form.errors["code"] = form.error_class([refusal.message])
    return form


@never_cache
@require_safe
@needs_application
def inbox(request: HttpRequest, application: Application) -> HttpResponse:
    """The sandbox's messages to the number of this session; nothing like it exists outside a sandbox."""
    if not settings.SANDBOX:
        raise Http404
    return render(request, "registration/web/inbox_part.html", _inbox(application))


def _inbox(application: Application) -> dict:
    """What the on-screen inbox shows, newest first."""
    sent = newest_code(application.pk)
    if not settings.SANDBOX or sent is None:
        return {}
    try:
        received = sandbox_inbox(sent.phone)
    except SourceUnavailable:
        received = []
    newest_first = sorted(received, key=lambda message: message.received_at, reverse=True)
    rows: list[dict[str, datetime | str]] = [{"at": message.received_at, "text": message.text} for message in newest_first[:3]]
    return {"messages_received": rows, "inbox_url": reverse("registration:inbox")}
