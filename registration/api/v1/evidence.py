"""The document, its details, and the person: photographs, movements, a video statement."""

from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from registration import documents
from registration.api.v1 import shapes, states
from registration.api.v1.base import ApiView, ApplicationView, polled
from registration.api.v1.describe import API, HEADERS, KEY, PROBLEMS
from registration.api.v1.idempotency import idempotent
from registration.api.v1.problems import FieldsWrong
from registration.documents.base import Image
from registration.errors import CaptureRefused, RegistrationError
from registration.models import Application, Challenge
from registration.policy import CAPTURES_PER_HOUR_IP
from registration.selectors import DETAILS_OF, images_of
from registration.services.answer_challenge import answer_with_burst, answer_with_video
from registration.services.capture_document import capture_document
from registration.services.capture_selfie import capture_selfie
from registration.services.choose_document import choose_document
from registration.services.correct_details import correct_details
from registration.services.issue_challenge import issue_challenge
from registration.states import CaptureKind, ChallengeKind
from registration.web.decoding import decoding_slot
from registration.web.details_form import DetailsForm
from registration.web.forms import ChallengeForm, DocumentForm, SelfieForm, StatementForm
from registration.web.s5_challenge import frames_in
from registration.web.throttle import count_request

DATES = ("birth", "valid_from", "valid_to")
# seconds until a photograph may have been looked at
LOOK = 2


def checked(form: Any) -> dict[str, Any]:
    """What a page's form makes of what was sent: its rules are the API's. Raises FieldsWrong, CaptureRefused."""
    if form.is_valid():
        return form.cleaned_data
    wrong = [
        {"field": name, "code": error["code"] or "invalid", "detail": error["message"]}
        for name, found in form.errors.get_json_data().items()
        for error in found
    ]
    if any(error["code"] == "too_large" for error in wrong):
        raise CaptureRefused("too_large")
    raise FieldsWrong(wrong)


class Documents(ApiView):
    """The types of documents."""

    @extend_schema(parameters=API, responses={200: shapes.DocumentKind(many=True), **PROBLEMS})
    def get(self, request: Request) -> Response:
        """All, with their photographs and fields, the one at hand first."""
        return Response([_described(one) for one in documents.types()])


class DocumentChoice(ApplicationView):
    """Which document the person registers with."""

    @extend_schema(parameters=[*HEADERS, KEY], request=shapes.DocumentChoice, responses={200: shapes.ApplicationState, **PROBLEMS})
    @idempotent()
    def post(self, request: Request, application_id: str) -> Response:
        """Choose, for the person or who acts; another than before makes its photographs and details void."""
        self.need_editable()
        code = self.read(shapes.DocumentChoice)["document_type"]
        return Response(states.application_state(choose_document(**self.whose, code=code, party=self.party)))


class Captures(ApplicationView):
    """What was photographed and filmed."""

    @extend_schema(parameters=HEADERS, responses={200: shapes.Captures, 304: OpenApiResponse(), **PROBLEMS})
    def get(self, request: Request, application_id: str) -> Response:
        """The state of each: with ETag, and Retry-After while one is being looked at."""
        known = states.capture_states(self.need_proven())
        waits = any(one["state"] == "pending" for one in known)
        return polled(request, {"captures": known}, again=LOOK if waits else 0)


class _Takes(ApplicationView):
    """One file a request, as multipart/form-data."""

    takes_file = True
    parser_classes = [MultiPartParser]

    def taken(self, kind: CaptureKind) -> Response:
        """It is kept and will be looked at."""
        return Response(
            states.capture_state(Application.objects.get(pk=self.application.pk), kind), status=202, headers={"Retry-After": LOOK}
        )

    def session_of(self, form: Any) -> dict[str, Any]:
        """What a service is told of an answer to a challenge."""
        return {**self.whose, "challenge_id": checked(form)["challenge"], "session": self.session}


class DocumentPhoto(_Takes):
    """One side or page."""

    @extend_schema(
        parameters=[*HEADERS, KEY], request={"multipart/form-data": shapes.Photo}, responses={202: shapes.CaptureState, **PROBLEMS}
    )
    @idempotent()
    def post(self, request: Request, application_id: str, side: str) -> Response:
        """Send a photograph of `front` or `back`; of who acts `representative_front`, `representative_back`, `relation` (their right to).

        The same bytes again are the same photograph.
        """
        image = _image(self.need_editable(), side)
        content = checked(DocumentForm(request.data, request.FILES, image=image))["photo"]
        count_request(request, CAPTURES_PER_HOUR_IP)
        capture_document(**self.whose, side=side, content=content)
        return self.taken(image.kind)


class Selfie(_Takes):
    """The selfie."""

    @extend_schema(
        parameters=[*HEADERS, KEY], request={"multipart/form-data": shapes.Photo}, responses={202: shapes.CaptureState, **PROBLEMS}
    )
    @idempotent()
    def post(self, request: Request, application_id: str) -> Response:
        """Send it."""
        if self.need_editable(CaptureKind.SELFIE).face_free:
            raise RegistrationError("path_without_face")
        content = checked(SelfieForm(request.data, request.FILES))["photo"]
        count_request(request, CAPTURES_PER_HOUR_IP)
        capture_selfie(**self.whose, content=content)
        return self.taken(CaptureKind.SELFIE)


class ChallengeStart(ApplicationView):
    """What nobody could have recorded before."""

    @extend_schema(parameters=[*HEADERS, KEY], request=None, responses={201: shapes.Asked, **PROBLEMS})
    @idempotent()
    def post(self, request: Request, application_id: str) -> Response:
        """Ask for movements; on the way without face, for digits to read aloud."""
        face_free = self.need_editable().face_free
        kind, part = (ChallengeKind.DIGITS, CaptureKind.STATEMENT) if face_free else (ChallengeKind.MOVEMENTS, CaptureKind.CHALLENGE)
        self.need_editable(part)
        count_request(request, CAPTURES_PER_HOUR_IP)
        return Response(_asked(issue_challenge(**self.whose, kind=kind, session=self.session)), status=201)


class ChallengeAnswer(_Takes):
    """The film of the movements."""

    @extend_schema(
        parameters=[*HEADERS, KEY], request={"multipart/form-data": shapes.Film}, responses={202: shapes.CaptureState, **PROBLEMS}
    )
    @idempotent()
    def post(self, request: Request, application_id: str) -> Response:
        """Answer, once: with a video, or with a burst of pictures, their times and sizes."""
        if self.need_editable(CaptureKind.CHALLENGE).face_free:
            raise RegistrationError("path_without_face")
        form = ChallengeForm(request.data, request.FILES)
        answer, content = self.session_of(form), form.cleaned_data["video"]
        count_request(request, CAPTURES_PER_HOUR_IP)
        if "times" in request.data:
            with decoding_slot():
                answer_with_burst(**answer, frames=frames_in(request.data, content))
        else:
            answer_with_video(**answer, content=content)
        return self.taken(CaptureKind.CHALLENGE)


class Statement(_Takes):
    """The video statement (R-33)."""

    @extend_schema(
        parameters=[*HEADERS, KEY], request={"multipart/form-data": shapes.VideoStatement}, responses={202: shapes.CaptureState, **PROBLEMS}
    )
    @idempotent()
    def post(self, request: Request, application_id: str) -> Response:
        """Send the video in which the digits are read aloud."""
        if not self.need_editable(CaptureKind.STATEMENT).face_free:
            raise RegistrationError("path_with_face")
        form = StatementForm(request.data, request.FILES)
        answer, content = self.session_of(form), form.cleaned_data["video"]
        count_request(request, CAPTURES_PER_HOUR_IP)
        answer_with_video(**answer, content=content, kind=ChallengeKind.DIGITS)
        return self.taken(CaptureKind.STATEMENT)


class Details(ApplicationView):
    """What stands on the document."""

    @extend_schema(parameters=HEADERS, responses={200: shapes.DetailsKnown, **PROBLEMS})
    def get(self, request: Request, application_id: str) -> Response:
        """What was read from it or entered before, for the person to correct."""
        return Response(states.details_known(self.need_editable(DETAILS_OF[self.party]), self.party))

    @extend_schema(parameters=[*HEADERS, KEY], request=shapes.DetailsSent, responses={200: shapes.ApplicationState, **PROBLEMS})
    @idempotent()
    def post(self, request: Request, application_id: str) -> Response:
        """Keep them as the person stands by them."""
        identity = self.need_editable(DETAILS_OF[self.party]).party(self.party)
        form = DetailsForm(_as_typed(self.read(shapes.DetailsSent)), document=identity.document)
        as_printed = checked(form)["number_as_printed"]
        kept = correct_details(**self.whose, details=form.details(), number_as_printed=as_printed, party=self.party)
        return Response(states.application_state(kept))


def _image(application: Application, side: str) -> Image:
    """The photograph of that name. Raises CaptureRefused where no document of the application has it."""
    for party in application.parties:
        for image in images_of(application, party):
            if image.side == side:
                return image
    raise CaptureRefused("not_of_document")


def _as_typed(sent: dict[str, Any]) -> dict[str, Any]:
    """As the page's boxes hold it: a date in three."""
    typed = {name: value for name, value in sent.items() if name not in DATES}
    for name in DATES:
        if day := sent.get(name):
            typed |= {f"{name}_year": str(day.year), f"{name}_month": str(day.month), f"{name}_day": str(day.day)}
    return typed


def _asked(challenge: Challenge) -> dict[str, Any]:
    return {
        "id": str(challenge.pk),
        "kind": str(challenge.kind),
        "steps": challenge.steps,
        "schedule": challenge.schedule,
        "digits": challenge.digits,
        "expires_at": states.moment(challenge.expires_at),
    }


def _described(document: documents.DocumentType) -> dict[str, Any]:
    form = DetailsForm(document=document)
    return {
        "code": document.code,
        "label": str(document.label),
        "holders": str(document.holders),
        "sides": [{"side": image.side, "label": str(image.label)} for image in document.images],
        "details": [{"name": name, "label": str(field.label), "required": field.required} for name, field in form.fields.items()],
    }
