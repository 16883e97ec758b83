"""Every refusal as a problem (RFC 9457): `code` for machines, `detail` a sentence in the language of Accept-Language."""

from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFilesSent
from django.http import Http404, HttpRequest, JsonResponse
from rest_framework import exceptions, status
from rest_framework.request import Request
from rest_framework.response import Response

from realname.decoding import ImageRefused
from realname.ids.errors import InvalidInput
from realname.states import TransitionNotAllowed
from registration import errors
from registration.models import ApiAccess, Application
from registration.web.decoding import TooBusy
from registration.web.findings import sentence
from registration.web.throttle import TooManyRequests

MEDIA_TYPE = "application/problem+json"
CONFLICTS = (errors.ApplicationClosed, errors.NumberRegistered, errors.ReviewRefused)
# the statuses of codes; any other refusal is 422
STATUS = {
    "number_taken": 409,
    "own_number_taken": 409,
    "step_out_of_order": 409,
    "phone_not_proven": 409,
    "path_without_face": 409,
    "path_with_face": 409,
    "key_busy": 409,
    "device_missing": 400,
    "key_missing": 400,
    "too_large": 413,
    "body_too_large": 413,
    "code_too_soon": 429,
    "code_too_many": 429,
    "code_locked": 429,
    "resume_locked": 429,
    "numbers_hoarded": 429,
    "choices_too_many": 429,
    "challenges_too_many": 429,
    "captures_too_many": 429,
    "too_many_requests": 429,
    "too_busy": 503,
}
# seconds until asking again may help; of the others the bound is of an hour or a lock, and its sentence says so
RETRY_AFTER = {"key_busy": 1, "too_busy": 2, "code_too_soon": 60, "code_locked": 900, "resume_locked": 900, "too_many_requests": 3600}
FRAMEWORK = {
    exceptions.NotAuthenticated: "client_refused",
    exceptions.AuthenticationFailed: "client_refused",
    exceptions.PermissionDenied: "client_refused",
    exceptions.MethodNotAllowed: "method_refused",
    exceptions.ParseError: "not_readable",
    exceptions.UnsupportedMediaType: "media_type_refused",
    exceptions.NotAcceptable: "media_type_refused",
}


class FieldsWrong(errors.RegistrationError):
    """Fields are missing or wrong; `wrong` says of each what is."""

    def __init__(self, wrong: list[dict[str, str]]) -> None:
        super().__init__("fields_wrong")
        self.wrong = wrong


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """The response for an exception of a view; None for a fault of ours, which is a 500."""
    headers: dict[str, str] = {}
    match error:
        case Http404() | Application.DoesNotExist() | ApiAccess.DoesNotExist() | exceptions.NotFound():
            found = problem("not_found", 404)
        case exceptions.ValidationError():
            found = problem("fields_wrong", 422, wrong=list(_invalid(error.detail)))
        case exceptions.APIException() if type(error) in FRAMEWORK:
            found = problem(FRAMEWORK[type(error)], error.status_code)
            if challenge := getattr(error, "auth_header", None):
                headers["WWW-Authenticate"] = challenge
        case RequestDataTooBig() | TooManyFilesSent():
            found = problem(_what_is_too_large(context["request"]), 413)
        case SuspiciousOperation():
            found = problem("not_readable", 400)
        case TransitionNotAllowed():
            found = problem("application_closed", 409)
        case errors.RegistrationError() | ImageRefused() | InvalidInput():
            found = _refused(error)
            if seconds := RETRY_AFTER.get(found["code"]):
                headers["Retry-After"] = str(seconds)
        case _:
            return None
    return Response(found, status=found["status"], content_type=MEDIA_TYPE, headers=headers)


def problem(code: str, status: int, *, detail: object = "", **more: Any) -> dict[str, Any]:
    """The body."""
    words = str(detail or errors.MESSAGES[code])
    return {"type": f"urn:realname:problem:{code}", "title": code, "status": status, "code": code, "detail": words, **more}


def too_large(request: HttpRequest) -> JsonResponse:
    """For what is refused unread, before a view is asked."""
    return JsonResponse(problem(_what_is_too_large(request), 413), status=413, content_type=MEDIA_TYPE)


def _what_is_too_large(request: HttpRequest | Request) -> str:
    return "too_large" if str(request.content_type).startswith("multipart/") else "body_too_large"


def _refused(error: Any) -> dict[str, Any]:
    status_code = STATUS.get(error.code) or (409 if isinstance(error, CONFLICTS) else status.HTTP_422_UNPROCESSABLE_ENTITY)
    if isinstance(error, TooManyRequests | TooBusy):
        status_code = STATUS[error.code]
    detail = sentence(error.code) if isinstance(error, ImageRefused) else error.message
    more: dict[str, Any] = {}
    if isinstance(error, errors.ApplicationIncomplete):
        more["missing"] = error.missing
    if isinstance(error, FieldsWrong):
        more["wrong"] = error.wrong
    if isinstance(error, errors.DetailInvalid):
        more["wrong"] = [{"field": error.field, "code": error.code, "detail": str(detail)}]
    if isinstance(error, errors.DetailsContradict):
        more["wrong"] = [{"field": field, "code": error.code, "detail": str(detail)} for field in error.fields]
    return problem(error.code, status_code, detail=detail, **more)


def _invalid(detail: Any, field: str = "") -> Any:
    """Each field that the framework refused, in one flat list."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from _invalid(inner, f"{field}.{name}" if field else str(name))
    elif isinstance(detail, list):
        for index, inner in enumerate(detail):
            nested = isinstance(inner, dict | list)
            yield from _invalid(inner, f"{field}.{index}" if nested else field)
    else:
        yield {"field": field, "code": detail.code, "detail": str(detail)}
