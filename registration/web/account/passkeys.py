"""The two ceremonies of Web Authentication. static/js/passkey.js asks for the options and sends the answer as a form.

A challenge lives in the session and serves once.
"""

import json

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from webauthn import base64url_to_bytes, generate_authentication_options, generate_registration_options
from webauthn.helpers import bytes_to_base64url, options_to_json_dict
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from realname.ui.telling import telling
from registration.errors import AccountRefused
from registration.models import Passkey, Person
from registration.policy import SIGN_INS_PER_HOUR_IP
from registration.services.account.check_factor import user_handle
from registration.services.account.prove_sign_in import prove_sign_in_passkey, sign_in_by_passkey
from registration.web.account.describe import describe_browser
from registration.web.account.session import NEXT, let_in
from registration.web.account.sign_in import attempt_of, enter, visitor
from registration.web.device import knows_device
from registration.web.throttle import count_request

CHALLENGE = "passkey_challenge"
# characters: the largest answers, with an attestation of several certificates, are a tenth of this
LONGEST_ANSWER = 64 * 1024


@never_cache
@require_POST
def sign_in_options(request: HttpRequest) -> HttpResponse:
    """What the browser shall sign: with the keys of the person whose code was right, or with any it has for us."""
    _needs_passkeys()
    attempt = attempt_of(request)
    known = Passkey.objects.filter(person=attempt.person) if attempt and attempt.proven_at and attempt.person else ()
    options = generate_authentication_options(
        rp_id=settings.PASSKEY_RP_ID, allow_credentials=_descriptors(known) or None, user_verification=UserVerificationRequirement.REQUIRED
    )
    request.session[CHALLENGE] = bytes_to_base64url(options.challenge)
    return JsonResponse(options_to_json_dict(options))


@never_cache
@require_POST
@knows_device
def sign_in_passkey(request: HttpRequest) -> HttpResponse:
    """Judge what the browser signed, and let its person in."""
    _needs_passkeys()
    attempt = attempt_of(request)
    second = attempt is not None and attempt.proven_at is not None and attempt.person is not None
    with telling(request):
        count_request(request, SIGN_INS_PER_HOUR_IP)
        signed = {"credential": answer_of(request), "challenge": used_challenge(request), "origins": origins(request)}
        if second:
            way = prove_sign_in_passkey(actor=visitor(request), attempt_id=attempt.pk, **signed)
            return redirect(enter(request, attempt, way))
        let_in(request, sign_in_by_passkey(actor=visitor(request), described=describe_browser(request), **signed))
        return redirect(request.session.pop(NEXT, reverse("account:home")))
    return redirect("account:sign_in_factor" if second else "account:sign_in")


def creation_options(request: HttpRequest, person: Person) -> dict:
    """What a new passkey shall be: discoverable, unlocked by its holder, and not on a device that has one."""
    options = generate_registration_options(
        rp_id=settings.PASSKEY_RP_ID,
        rp_name=settings.OPERATOR_NAME,
        user_id=user_handle(person),
        user_name=person.account.number,
        user_display_name=person.account.number,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=_descriptors(person.passkeys.all()),
    )
    request.session[CHALLENGE] = bytes_to_base64url(options.challenge)
    return options_to_json_dict(options)


def answer_of(request: HttpRequest) -> dict:
    """The browser's answer. Raises AccountRefused for anything that is no JSON object of a fitting size."""
    text = request.POST.get("credential", "")
    try:
        answer = json.loads(text) if len(text) <= LONGEST_ANSWER else None
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict) or not isinstance(answer.get("response"), dict):
        raise AccountRefused("passkey_refused")
    return answer


def used_challenge(request: HttpRequest) -> bytes:
    """The challenge this session was given, once. Raises AccountRefused where there is none (any more)."""
    challenge = request.session.pop(CHALLENGE, "")
    if not challenge:
        raise AccountRefused("passkey_refused")
    return base64url_to_bytes(challenge)


def origins(request: HttpRequest) -> list[str]:
    """The addresses our pages have: as set, else this request's own, whose host Django has checked."""
    return settings.PASSKEY_ORIGINS or [f"{request.scheme}://{request.get_host()}"]


def _descriptors(passkeys) -> list[PublicKeyCredentialDescriptor]:  # noqa: ANN001
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(passkey.credential_id)) for passkey in passkeys]


def _needs_passkeys() -> None:
    """Where no domain is set there are none."""
    if not settings.PASSKEY_RP_ID:
        raise Http404
