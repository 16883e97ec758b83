"""The notices, the agreements, the phone, and taking an application up again."""

from typing import Any

from django.utils.translation import get_language
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from registration.api.v1 import shapes, states
from registration.api.v1.base import ApiView, ApplicationView, polled
from registration.api.v1.describe import API, DEVICE, HEADERS, KEY, KEY_NEEDED, PROBLEMS
from registration.api.v1.idempotency import idempotent
from registration.errors import ApplicationIncomplete, CodeRefused, RegistrationError
from registration.models import Application
from registration.notices import NOTICES
from registration.policy import STARTS_PER_HOUR_IP
from registration.selectors import newest_code
from registration.services.api_access import open_access
from registration.services.call_with_code import call_with_code
from registration.services.give_consent import choose_path, leave_face_way
from registration.services.prove_phone import prove_phone
from registration.services.request_phone_code import request_phone_code
from registration.services.resume_application import resume_application, start_anew
from registration.services.start_application import start_application
from registration.states import ConsentPurpose, Party, StatementWay, VerificationPath
from registration.web import code_standing
from registration.web.phone_forms import CodeForm
from registration.web.throttle import count_request

# in the trail, the lists and the rules of risk
CHANNEL = "app"


class Notices(ApiView):
    """What is agreed to."""

    @extend_schema(parameters=API, responses={200: shapes.Notice(many=True), **PROBLEMS})
    def get(self, request: Request) -> Response:
        """The present notices in the language of Accept-Language; a consent names the digest of the one that was shown."""
        language = get_language()
        return Response(
            [
                {
                    "purpose": str(notice.purpose),
                    "version": notice.version,
                    "title": str(notice.title),
                    "paragraphs": [str(paragraph) for paragraph in notice.paragraphs],
                    "digest": notice.digest(language),
                    "language": language,
                }
                for notice in NOTICES.values()
            ]
        )


class Applications(ApiView):
    """Where an application begins."""

    @extend_schema(parameters=[DEVICE, KEY_NEEDED, *API], request=shapes.Path, responses={201: shapes.Opened, **PROBLEMS})
    @idempotent(required=True)
    def post(self, request: Request) -> Response:
        """Begin, with consents given each by itself. The secret in `access` is said this once."""
        count_request(request, STARTS_PER_HOUR_IP)
        actor = self.actor_for(None)
        choice = _choice(self.read(shapes.Path))
        application = start_application(actor=actor, channel=CHANNEL, **choice | {"representation": choice["representation"] or ""})
        access = open_access(application=application, client_id=self.client_id, device=actor.device)
        return Response(states.opened(application, access), status=201)


class OneApplication(ApplicationView):
    """One application."""

    @extend_schema(parameters=HEADERS, responses={200: shapes.ApplicationState, 304: OpenApiResponse(), **PROBLEMS})
    def get(self, request: Request, application_id: str) -> Response:
        """How it stands: with ETag, and Retry-After while something is under way."""
        return polled(request, states.application_state(self.application), again=states.seconds_until_news(self.application))


class PathChoice(ApplicationView):
    """The way of verification."""

    @extend_schema(parameters=[*HEADERS, KEY], request=shapes.Path, responses={200: shapes.ApplicationState, **PROBLEMS})
    @idempotent()
    def post(self, request: Request, application_id: str) -> Response:
        """Change it; leaving the way with the face withdraws that consent. Whoever acts from now on agrees anew."""
        return Response(states.application_state(choose_path(**self.whose, **_choice(self.read(shapes.Path)))))


class LeaveFace(ApplicationView):
    """The way without face, by one press."""

    @extend_schema(parameters=[*HEADERS, KEY], request=None, responses={200: shapes.ApplicationState, **PROBLEMS})
    @idempotent()
    def post(self, request: Request, application_id: str) -> Response:
        """Go on with a video statement; nothing is asked about it."""
        self.need_editable()
        return Response(states.application_state(leave_face_way(**self.whose)))


class PhoneCode(ApplicationView):
    """The one-time code."""

    @extend_schema(parameters=HEADERS, responses={200: shapes.CodeState, 304: OpenApiResponse(), **PROBLEMS})
    def get(self, request: Request, application_id: str) -> Response:
        """Where it is on its way: what happened on each channel, and what to do."""
        sent = newest_code(self.application.pk, self.party)
        if sent is None:
            raise CodeRefused("code_expired")
        known = code_standing.of(sent)
        words = [{"tone": word.tone, "happened": str(word.happened), "to_do": str(word.to_do)} for word in known["words"]]
        content = {
            "words": words,
            "may_call": known["may_call"],
            "ended": known["ended"],
            "expires_at": states.moment(sent.expires_at),
        }
        return polled(request, content, again=0 if known["ended"] else known["seconds"])

    @extend_schema(parameters=[*HEADERS, KEY], request=shapes.PhoneNumber, responses={202: OpenApiResponse(), **PROBLEMS})
    @idempotent()
    def post(self, request: Request, application_id: str) -> Response:
        """Send one to a number, or another to the same."""
        self._need_unproven()
        request_phone_code(**self.whose, phone=self.read(shapes.PhoneNumber)["phone"], party=self.party)
        return Response(status=202)

    def _need_unproven(self) -> None:
        """Who acts proves theirs after the first, and may give another. Raises CodeRefused, RegistrationError."""
        if self.party == Party.REPRESENTATIVE:
            self.need_editable()
        elif self.application.phone_proven_at:
            raise CodeRefused("code_used")


class PhoneCall(ApplicationView):
    """The code by voice."""

    @extend_schema(parameters=[*HEADERS, KEY], request=None, responses={202: OpenApiResponse(), **PROBLEMS})
    @idempotent()
    def post(self, request: Request, application_id: str) -> Response:
        """Be called with the digits, where `may_call`."""
        call_with_code(**self.whose, party=self.party)
        return Response(status=202)


class Phone(ApplicationView):
    """The proof that the number is the person's."""

    @extend_schema(parameters=[*HEADERS, KEY], request=shapes.Code, responses={200: shapes.Opened, **PROBLEMS})
    @idempotent()
    def post(self, request: Request, application_id: str) -> Response:
        """Enter the digits, of a message, a call or on paper. The number's older application may take the place of this one."""
        if self.application.phone_proven_at:
            return Response(states.opened(self.application))
        return Response(_go_on(self, prove_phone(**self.whose, entered=digits(self.read(shapes.Code)["code"]))))


class Resume(ApplicationView):
    """The number has an older application that says who its person is."""

    @extend_schema(parameters=[*HEADERS, KEY], request=shapes.Resume, responses={200: shapes.Opened, **PROBLEMS})
    @idempotent()
    def post(self, request: Request, application_id: str) -> Response:
        """Take it up by the end of its ID number, or withdraw it and begin anew."""
        sent = self.read(shapes.Resume)
        if sent["anew"]:
            return Response(_go_on(self, start_anew(**self.whose)))
        return Response(_go_on(self, resume_application(**self.whose, entered=sent.get("last_six", ""))))


def digits(sent: str) -> str:
    """The digits of a code. Raises CodeRefused: what can be no code uses up no guess."""
    form = CodeForm({"code": sent})
    if not form.is_valid():
        raise CodeRefused("code_digits")
    return form.cleaned_data["code"]


def _go_on(view: ApplicationView, went_on: Application) -> dict[str, Any]:
    """Another application than the one asked about is opened by a secret of its own."""
    if went_on.pk == view.application.pk:
        return states.opened(went_on)
    access = open_access(application=went_on, client_id=view.client_id, device=view.access.device)
    return states.opened(went_on, access)


def _choice(sent: dict[str, Any]) -> dict[str, Any]:
    """Raises RegistrationError where a text was shown that is not the present one, or a way is missing."""
    language = get_language()
    for consent in sent["consents"]:
        if consent["digest"] != NOTICES[ConsentPurpose(consent["purpose"])].digest(language):
            raise RegistrationError("notice_other")
    path, way = VerificationPath(sent["path"]), sent.get("statement_way", "")
    if path == VerificationPath.FACE_FREE and not way:
        raise ApplicationIncomplete(["statement_way"])
    purposes = {ConsentPurpose(consent["purpose"]) for consent in sent["consents"]}
    return {
        "path": path,
        "purposes": purposes,
        "language": language,
        "statement_way": StatementWay(way) if way else "",
        "representation": sent.get("acting_as"),  # None: as it was
    }
