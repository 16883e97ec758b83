"""The face detector for the guidance of the capture pages: the file the engines use, and no other."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_GET

from verification.engines.manifest import ModelError, named, verified_path

# named here too: the engine itself takes a second to import, and no page waits for that
DETECTOR = "face_detection_yunet_2023mar.onnx"
_DAY = 86400  # seconds a browser keeps it without asking; then the ETag, its SHA-256, answers


@require_GET
@cache_control(private=True, max_age=_DAY)
@condition(etag_func=lambda request: f'"{named(DETECTOR).sha256}"')
def face_detector(request: HttpRequest) -> HttpResponse:
    """The model file after its SHA-256 was checked. 404 when it is missing or altered: the pages then guide without it."""
    try:
        content = verified_path(DETECTOR).read_bytes()
    except (ModelError, OSError):
        raise Http404 from None
    return HttpResponse(content, content_type="application/octet-stream")
