"""What every operation has, in the description of the API."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from registration.api.v1 import shapes
from registration.api.v1.problems import MEDIA_TYPE


def _header(name: str, words: str, *, required: bool = True) -> OpenApiParameter:
    return OpenApiParameter(name, OpenApiTypes.STR, OpenApiParameter.HEADER, required=required, description=words)


_language = _header("Accept-Language", "en or zh-hans", required=False)
API = [_language]
DEVICE = _header("Device-Id", "16 to 64 letters, digits, - or _: random, made once by the app on each device and kept there")
HEADERS = [
    DEVICE,
    _header("Application-Secret", "From `access`, when the application was begun or taken up"),
    _language,
]
KEY = _header("Idempotency-Key", "16 to 64 letters, digits, - or _: the same request with the same key has one effect", required=False)
KEY_NEEDED = _header("Idempotency-Key", "As elsewhere; needed here")
PROBLEMS = {
    ("default", MEDIA_TYPE): OpenApiResponse(shapes.Problem, description="A refusal (RFC 9457)"),
}
