"""A person signs in: number, code, and what else is asked; or with a passkey alone."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from realname.access.actor import Actor, client_ip
from realname.outside import SourceUnavailable
from realname.ui.telling import telling
from registration.account_selectors import number_of
from registration.errors import AccountRefused, RegistrationError
from registration.gateways.http import sandbox_inbox
from registration.models import Authenticator, Passkey, SignInAttempt
from registration.policy import SIGN_INS_PER_HOUR_IP
from registration.services.account.begin_sign_in import begin_sign_in
from registration.services.account.call_to_sign_in import ask_for_sign_in_call, call_due
from registration.services.account.prove_sign_in import (
    CODE,
    DONE,
    IDENTITY,
    finish_sign_in,
    next_step,
    prove_sign_in_code,
    prove_sign_in_factor,
    prove_sign_in_identity,
)
from registration.states import SignInWay
from registration.web.account.describe import describe_browser
from registration.web.account.forms import FactorForm, IdentityForm, SignInForm
from registration.web.account.session import NEXT, current_sign_in, is_fresh, let_in
from registration.web.device import DEVICE_COOKIE, knows_device
from registration.web.live import live_part, part
from registration.web.phone_forms import CodeForm
from registration.web.throttle import count_request

ATTEMPT = "account_attempt"
_PAGES = {CODE: "account:sign_in_code", IDENTITY: "account:sign_in_identity", "factor": "account:sign_in_factor"}


def visitor(request: HttpRequest) -> Actor:
    """Somebody at a browser, not known yet: of their registration's session nothing counts here."""
    return Actor(kind="person", id="anonymous", name="", device=request.COOKIES.get(DEVICE_COOKIE, "")[:64], ip=client_ip(request))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@knows_device
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for the number; the answer is the same whether or not it is known."""
    standing = current_sign_in(request)
    if standing is not None and is_fresh(standing):
        return redirect(request.session.pop(NEXT, reverse("account:home")))
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            count_request(request, SIGN_INS_PER_HOUR_IP)
            attempt = begin_sign_in(actor=visitor(request), phone=form.cleaned_data["phone"], language=get_language())
            request.session[ATTEMPT] = str(attempt.pk)
            return redirect("account:sign_in_code")
        except RegistrationError as refusal:
            form.add_error("phone", refusal.message)
    context = {"form": form, "again": "again" in request.GET, "passkeys": bool(settings.PASSKEY_RP_ID)}
    return render(request, "registration/web/account/sign_in.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code."""
    form = CodeForm(request.POST or None)
    return _step(
        request,
        CODE,
        form,
        "code",
        lambda attempt: prove_sign_in_code(actor=visitor(request), attempt_id=attempt.pk, entered=form.cleaned_data["code"]),
    )


@require_POST
def sign_in_call(request: HttpRequest) -> HttpResponse:
    """Be called with the code instead."""
    attempt = attempt_of(request)
    if attempt is None:
        return redirect("account:sign_in")
    with telling(request):
        count_request(request, SIGN_INS_PER_HOUR_IP)
        ask_for_sign_in_call(actor=visitor(request), attempt_id=attempt.pk)
    return redirect("account:sign_in_code")


@never_cache
@require_safe
@live_part
def sign_in_call_state(request: HttpRequest) -> HttpResponse:
    """Only whether a call is offered or on its way, for the page that waits."""
    attempt = attempt_of(request)
    if attempt is None or next_step(attempt) != CODE:
        return redirect("account:sign_in_code")
    return part(request, "registration/web/account/sign_in_call.html", _call(attempt))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_identity(request: HttpRequest) -> HttpResponse:
    """Ask for the end of the ID number, where the number leaves a doubt."""
    form = IdentityForm(request.POST or None)
    return _step(
        request,
        IDENTITY,
        form,
        "last_six",
        lambda attempt: prove_sign_in_identity(actor=visitor(request), attempt_id=attempt.pk, entered=form.cleaned_data["last_six"]),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_factor(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor."""
    form = FactorForm(request.POST or None)

    def prove(attempt: SignInAttempt) -> SignInWay:
        return prove_sign_in_factor(actor=visitor(request), attempt_id=attempt.pk, entered=form.cleaned_data["code"])

    return _step(request, "factor", form, "code", prove)


@never_cache
@require_safe
def sign_in_inbox(request: HttpRequest) -> HttpResponse:
    """The sandbox's messages to the number of this attempt; nothing like it exists outside a sandbox."""
    attempt = attempt_of(request)
    if not settings.SANDBOX or attempt is None:
        raise Http404
    return render(request, "registration/web/inbox_part.html", _inbox(attempt))


def attempt_of(request: HttpRequest) -> SignInAttempt | None:
    """The attempt this session has begun, while it lives."""
    return SignInAttempt.objects.live().select_related("person").filter(pk=request.session.get(ATTEMPT)).first()


def enter(request: HttpRequest, attempt: SignInAttempt, way: SignInWay | None = None) -> str:
    """Finish the sign-in; answers where to go. Raises AccountRefused."""
    signed_in = finish_sign_in(actor=visitor(request), attempt_id=attempt.pk, described=describe_browser(request), way=way)
    request.session.pop(ATTEMPT, None)
    let_in(request, signed_in)
    return request.session.pop(NEXT, reverse("account:home"))


def _step(request: HttpRequest, step: str, form, field: str, prove) -> HttpResponse:  # noqa: ANN001
    """One step: its form, its proof, and the way to the next one."""
    attempt = attempt_of(request)
    if attempt is None:
        return redirect("account:sign_in")
    if next_step(attempt) != step:
        return _onwards(request, attempt)
    if request.method == "POST" and form.is_valid():
        try:
            count_request(request, SIGN_INS_PER_HOUR_IP)
            proven = prove(attempt)
            return _onwards(request, attempt_of(request), proven if isinstance(proven, SignInWay) else None)
        except RegistrationError as refusal:
            form.add_error(field, refusal.message)
    return render(
        request, f"registration/web/account/sign_in_{step}.html", _context(attempt, step, form), status=422 if form.errors else 200
    )


def _onwards(request: HttpRequest, attempt: SignInAttempt, way: SignInWay | None = None) -> HttpResponse:
    step = next_step(attempt)
    if step == DONE or way:
        try:
            return redirect(enter(request, attempt, way))
        except AccountRefused:
            return redirect("account:sign_in")
    return redirect(_PAGES[step])


def _context(attempt: SignInAttempt, step: str, form) -> dict:  # noqa: ANN001
    context = {"form": form}
    if step == CODE:
        return {**context, **_call(attempt), **_inbox(attempt)}
    if step == "factor":
        context["passkeys"] = bool(settings.PASSKEY_RP_ID) and Passkey.objects.filter(person=attempt.person).exists()
        context["application"] = Authenticator.objects.filter(person=attempt.person, confirmed_at__isnull=False).exists()
    return context


def _call(attempt: SignInAttempt) -> dict:
    """The same for numbers we know and numbers we don't."""
    asked, may_call = attempt.call_asked_at is not None, call_due(attempt)
    # nothing more changes by itself where calls were asked for, or are made by nobody
    ended = asked or may_call or not settings.VOICE_GATEWAYS
    return {"asked": asked, "may_call": may_call, "seen": f"{asked}-{may_call}", "ended": ended}


def _inbox(attempt: SignInAttempt) -> dict:
    """What the on-screen inbox shows, newest first; without an account behind the number it stays empty, as the telephone would."""
    if not settings.SANDBOX:
        return {}
    found = number_of(attempt.phone_index)
    try:
        received = sandbox_inbox(found[1]) if found else []
    except SourceUnavailable:
        received = []
    newest_first = sorted(received, key=lambda message: message.received_at, reverse=True)
    rows = [{"at": message.received_at, "text": message.text} for message in newest_first[:3]]
    return {"messages_received": rows, "inbox_url": reverse("account:sign_in_inbox")}
