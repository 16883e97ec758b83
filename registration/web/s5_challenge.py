"""Step 5, after the selfie: the person does a few movements before the camera, as the server asks for them."""

import json
from collections.abc import Mapping
from itertools import accumulate
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from realname.access.actor import actor_from_request
from realname.images import ImageRefused
from realname.ui.uploads import takes_file
from registration import bursts
from registration.errors import ApplicationClosed, CaptureRefused, ChallengeRefused
from registration.models import Application
from registration.policy import CAPTURES_PER_HOUR_IP
from registration.selectors import needed_captures, portrait_shows_no_eyes
from registration.services.answer_challenge import Frames, answer_with_burst, answer_with_video
from registration.services.give_consent import leave_face_way
from registration.services.issue_challenge import issue_challenge
from registration.states import CaptureKind, ChallengeKind, ChallengeStep
from registration.web import captures, steps
from registration.web.decoding import TooBusy, decoding_slot
from registration.web.findings import sentence
from registration.web.forms import ChallengeForm
from registration.web.live import live_part, part
from registration.web.session import needs_editable, next_page
from registration.web.throttle import TooManyRequests, count_request
from registration.web.way import needs_parts_before

# of a list of times or sizes: eight for each frame
MOST_CHARACTERS = 8 * bursts.MAX_FRAMES


@takes_file
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs_editable
@needs_parts_before(CaptureKind.CHALLENGE)
def challenge(request: HttpRequest, application: Application) -> HttpResponse:
    """What will be asked for, and the way without it; then the movements, and their film."""
    if CaptureKind.CHALLENGE not in needed_captures(application):
        return redirect(next_page(application))
    form = ChallengeForm(request.POST, request.FILES) if request.method == "POST" else ChallengeForm()
    if form.is_valid() and (answered := _answer(request, application, form)):
        return answered
    asked = application.challenges.open_in(_session(request), ChallengeKind.MOVEMENTS).first()
    state = captures.shown(application, CaptureKind.CHALLENGE)
    context = {
        **state,
        "form": form,
        "asked": asked,
        "steps": [(step, ChallengeStep(step).label) for step in asked.steps] if asked else [],
        "script_steps": [(step, step.label) for step in ChallengeStep],
        # whose eyes the card does not show is led to the other way before anything is asked of them
        "offer_first": portrait_shows_no_eyes(application)
        and state["view"].state == "none"
        and "movements" not in request.GET
        and not asked,
        "progress": steps.at("person"),
    }
    return render(request, "registration/web/challenge.html", context, status=_status(form))


def _status(form: ChallengeForm) -> int:
    """Whose film nobody has room for now did nothing wrong."""
    if form.has_error("video", "too_busy"):
        return 503
    return 422 if form.errors else 200


@never_cache
@require_POST
@needs_editable
@needs_parts_before(CaptureKind.CHALLENGE)
def start(request: HttpRequest, application: Application) -> HttpResponse:
    """Ask for movements. The page's script gets them as JSON; a browser without it gets the page that names them."""
    try:
        count_request(request, CAPTURES_PER_HOUR_IP)
        asked = issue_challenge(
            actor=actor_from_request(request), application_id=application.pk, kind=ChallengeKind.MOVEMENTS, session=_session(request)
        )
    except ApplicationClosed:
        return redirect("registration:status")
    except (ChallengeRefused, TooManyRequests) as refusal:
        if request.accepts("text/html"):
            form = ChallengeForm({})
            form.add_error(None, refusal.message)
            return render(request, "registration/web/challenge.html", _refused(application, form), status=422)
        return JsonResponse({"error": refusal.message}, status=422)
    if request.accepts("text/html"):
        return redirect("registration:challenge")
    return JsonResponse({"challenge": str(asked.pk), "steps": asked.steps, "schedule": asked.schedule})


@never_cache
@require_POST
@needs_editable
def without(request: HttpRequest, application: Application) -> HttpResponse:
    """The person can not, or would rather not, move before the camera: one press, and nothing is asked about it (R-33, R-34)."""
    try:
        leave_face_way(actor=actor_from_request(request), application_id=application.pk)
    except ApplicationClosed:
        return redirect("registration:status")
    application.refresh_from_db()
    return redirect(next_page(application))


@never_cache
@require_safe
@live_part
@needs_editable
def challenge_state(request: HttpRequest, application: Application) -> HttpResponse:
    """Only the state of the film, for the page that waits for it."""
    return part(request, "registration/web/challenge_part.html", {**captures.shown(application, CaptureKind.CHALLENGE), "alone": True})


def _answer(request: HttpRequest, application: Application, form: ChallengeForm) -> HttpResponse | None:
    """Take the film; None where it is refused, with the reason on the form."""
    whose = {
        "actor": actor_from_request(request),
        "application_id": application.pk,
        "challenge_id": form.cleaned_data["challenge"],
        "session": _session(request),
    }
    try:
        count_request(request, CAPTURES_PER_HOUR_IP)
        if "times" in request.POST:
            with decoding_slot():
                answer_with_burst(**whose, frames=frames_in(request.POST, form.cleaned_data["video"]))
        else:
            answer_with_video(**whose, content=form.cleaned_data["video"])
        return redirect("registration:challenge")
    except ImageRefused as refusal:
        form.add_error("video", sentence(refusal.code))
    except (CaptureRefused, ChallengeRefused, TooManyRequests, TooBusy) as refusal:
        form.add_error("video", ValidationError(sentence(refusal.code), code=refusal.code))
    except ApplicationClosed:
        return redirect("registration:status")
    return None


def frames_in(sent: Mapping[str, Any], content: bytes) -> Frames:
    """The pictures of a burst with their times. Raises CaptureRefused where times, sizes and content don't fit together."""
    try:
        times, sizes = (_numbers(sent.get(name, "")) for name in ("times", "sizes"))
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise CaptureRefused("challenge_empty") from error
    if len(times) != len(sizes) or len(times) > bursts.MAX_FRAMES or min(sizes, default=0) < 1 or sum(sizes) != len(content):
        raise CaptureRefused("challenge_empty")
    ends = list(accumulate(sizes))
    return [(time, content[end - size : end]) for time, size, end in zip(times, sizes, ends, strict=True)]


def _numbers(text: str) -> list[int]:
    if len(text) > MOST_CHARACTERS:
        raise ValueError(len(text))
    return [int(number) for number in json.loads(text)]


def _session(request: HttpRequest) -> str:
    return request.session.session_key or ""


def _refused(application: Application, form: ChallengeForm) -> dict:
    return {**captures.shown(application, CaptureKind.CHALLENGE), "form": form, "script_steps": [], "progress": steps.at("person")}
