"""A photograph or recording of a case: only for the claim's holder with a purpose, watermarked, and each look an event (R-04)."""

import re
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from realname.access.actor import actor_from_request
from realname.access.guards import desk_page, visible
from realname.images import ImageRefused
from realname.vault.errors import FileMissing, KeyErased
from realname.vault.files import read_file
from realname.watermark import watermark
from registration import bursts
from registration.models import Capture
from registration.services.clean_capture import clean_capture
from verification.desk.opening import Purpose, find_review, may_review, purpose_of
from verification.desk.sheet import sheet
from verification.services.note_view import note_view

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


@desk_page(may_review)
@require_GET
def capture(request: HttpRequest, review_id: UUID, capture_id: UUID) -> HttpResponse:
    """404 for another case's capture, without the claim or without a purpose: nothing tells which of them was missing."""
    review = find_review(review_id)
    purpose = visible(purpose_of(request, review))
    found = visible(Capture.objects.select_related("file").filter(pk=capture_id, application=review.application_id).first())
    try:
        # nobody sees the bytes as they were sent
        clean_capture(found)
        content = read_file(found.file)
    except (KeyErased, FileMissing, ImageRefused):
        return visible(None)
    # written before anything leaves
    note_view(actor=actor_from_request(request), review=review, purpose=str(purpose), what=found.kind, thing=str(found.pk))
    if found.file.media_type.startswith("video/"):
        return _private(_video(request, content, found.file.media_type))
    if found.file.media_type == bursts.MEDIA_TYPE:
        content = sheet(content)
    return _private(HttpResponse(watermark(content, text=mark(request, purpose)), content_type="image/jpeg"))


def mark(request: HttpRequest, purpose: Purpose) -> str:
    """Operator, purpose, date and viewer."""
    date = timezone.localtime().strftime("%Y-%m-%d %H:%M")
    return f"{settings.OPERATOR_NAME} · {purpose.label} · {date} · {request.user.get_username()}"


def _video(request: HttpRequest, content: bytes, media_type: str) -> HttpResponse:
    """The whole of it (20 MB at most), or the one range that players ask for (RFC 9110, section 14)."""
    wanted = _RANGE.fullmatch(request.headers.get("Range", ""))
    response = HttpResponse(content, content_type=media_type)
    if wanted and wanted.group(0) != "bytes=-":
        start, end = _bounds(wanted.group(1), wanted.group(2), len(content))
        if start > end:
            response = HttpResponse(status=416)
            response["Content-Range"] = f"bytes */{len(content)}"
            return response
        response = HttpResponse(content[start : end + 1], content_type=media_type, status=206)
        response["Content-Range"] = f"bytes {start}-{end}/{len(content)}"
    response["Accept-Ranges"] = "bytes"
    return response


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """First and last byte; `-n` means the last n."""
    if not first:
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last) if last else size - 1, size - 1)


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store, private"
    response["Content-Disposition"] = "inline"
    response["X-Robots-Tag"] = "noindex"
    return response
