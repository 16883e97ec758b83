"""The second factors of an account: passkeys, the authenticator application, recovery codes."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from realname.access.qr import qr_svg
from realname.ui.telling import telling
from registration.account_selectors import guarded, has_second_factor
from registration.errors import AccountRefused, RegistrationError
from registration.models import Authenticator, Passkey, RecoveryCode
from registration.services.account import manage_factors as factors
from registration.web.account.forms import AuthenticatorForm, PasskeyNameForm
from registration.web.account.passkeys import answer_of, creation_options, origins, used_challenge
from registration.web.account.session import account_page, needs_fresh


@require_safe
@account_page
def security(request: HttpRequest) -> HttpResponse:
    """What sign-in asks for beside the code."""
    return _page(request)


@require_POST
@needs_fresh
def passkey_options(request: HttpRequest) -> HttpResponse:
    """What a new passkey shall be."""
    person = request.sign_in.person
    if not settings.PASSKEY_RP_ID or person.verified_at is None:
        raise Http404
    return JsonResponse(creation_options(request, person))


@require_POST
@needs_fresh
def passkey(request: HttpRequest) -> HttpResponse:
    """Keep a new passkey; with the first second factor come the recovery codes, shown once."""
    form = PasskeyNameForm(request.POST)
    with telling(request):
        _refuse_guarded(request)
        name = form.cleaned_data["name"] if form.is_valid() else str(_("Passkey"))
        codes = factors.add_passkey(
            actor=request.person,
            sign_in=request.sign_in,
            credential=answer_of(request),
            challenge=used_challenge(request),
            origins=origins(request),
            name=name,
        )
        if codes:
            return _codes_page(request, codes)
        messages.success(request, _("The passkey was added."))
    return redirect("account:security")


@require_POST
@needs_fresh
def passkey_remove(request: HttpRequest, passkey_id: UUID) -> HttpResponse:
    """Sign-in no longer takes this passkey."""
    try:
        with telling(request):
            _refuse_guarded(request)
            factors.remove_passkey(actor=request.person, passkey_id=passkey_id)
            messages.success(request, _("The passkey was removed. Delete it on your device too."))
    except Passkey.DoesNotExist:
        raise Http404 from None
    return redirect("account:security")


@require_http_methods(["GET", "HEAD", "POST"])
@needs_fresh
def authenticator(request: HttpRequest) -> HttpResponse:
    """Set up an authenticator application: the QR code, then its first code."""
    form = AuthenticatorForm(request.POST or None)
    try:
        _refuse_guarded(request)
        device = factors.begin_authenticator(actor=request.person)
        if request.method == "POST" and form.is_valid():
            codes = factors.confirm_authenticator(actor=request.person, sign_in=request.sign_in, entered=form.cleaned_data["code"])
            return _codes_page(request, codes)
    except RegistrationError as refusal:
        if request.method != "POST":
            messages.warning(request, refusal.message)
            return redirect("account:security")
        form.add_error("code", refusal.message)
        device = Authenticator.objects.filter(person=request.sign_in.person, confirmed_at=None).first()
        if device is None:
            return redirect("account:security")
    uri = factors.provisioning_uri(device, account=request.sign_in.person.account.number)
    context = {"form": form, "qr": qr_svg(uri, label=str(_("QR code for your authenticator application"))), "uri": uri}
    context["secret"] = uri.partition("secret=")[2].partition("&")[0]
    return render(request, "registration/web/account/authenticator.html", context, status=422 if form.errors else 200)


@require_POST
@needs_fresh
def authenticator_remove(request: HttpRequest) -> HttpResponse:
    """Sign-in no longer asks for the application's code."""
    with telling(request):
        _refuse_guarded(request)
        factors.remove_authenticator(actor=request.person)
        messages.success(request, _("The authenticator application was removed."))
    return redirect("account:security")


@require_POST
@needs_fresh
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes, shown once."""
    with telling(request):
        _refuse_guarded(request)
        return _codes_page(request, factors.renew_recovery_codes(actor=request.person))
    return redirect("account:security")


def _codes_page(request: HttpRequest, codes: list[str]) -> HttpResponse:
    return render(request, "registration/web/account/recovery_codes.html", {"codes": codes})


def _refuse_guarded(request: HttpRequest) -> None:
    if guarded(request.sign_in.person):
        raise AccountRefused("account_guarded")


def _page(request: HttpRequest) -> HttpResponse:
    person = request.sign_in.person
    context = {
        "offers_passkeys": bool(settings.PASSKEY_RP_ID),
        "passkeys": person.passkeys.all(),
        "application": Authenticator.objects.filter(person=person, confirmed_at__isnull=False).first(),
        "codes_left": RecoveryCode.objects.filter(person=person, used_at=None).count(),
        "has_factor": has_second_factor(person),
        "verified": person.verified_at is not None,
        "form": PasskeyNameForm(),
        "guarded": guarded(person),
    }
    return render(request, "registration/web/account/security.html", context)
