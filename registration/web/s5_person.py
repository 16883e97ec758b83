"""Step 5: the person shows that the card is theirs: by a selfie, or without face recognition by a video or a visit to a shop."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from realname.access.actor import actor_from_request
from realname.images import ImageRefused
from realname.ui.uploads import takes_file
from registration.errors import ApplicationClosed, CaptureRefused, ChallengeRefused
from registration.models import Application, Challenge
from registration.policy import CAPTURES_PER_HOUR_IP
from registration.services.answer_challenge import answer_with_video
from registration.services.capture_selfie import capture_selfie
from registration.services.issue_challenge import issue_challenge
from registration.states import CaptureKind, ChallengeKind, StatementWay
from registration.web import captures, steps
from registration.web.findings import sentence
from registration.web.forms import SelfieForm, StatementForm
from registration.web.live import live_part, part
from registration.web.session import needs_editable, next_page
from registration.web.throttle import TooManyRequests, count_request
from registration.web.way import needs_parts_before


@takes_file
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs_editable
@needs_parts_before(CaptureKind.SELFIE)
def selfie(request: HttpRequest, application: Application) -> HttpResponse:
    """Take a selfie, and hear at once whether it will do."""
    if application.face_free:
        return redirect("registration:statement")
    form = SelfieForm(request.POST, request.FILES) if request.method == "POST" else SelfieForm()
    if form.is_valid():
        try:
            count_request(request, CAPTURES_PER_HOUR_IP)
            capture_selfie(actor=actor_from_request(request), application_id=application.pk, content=form.cleaned_data["photo"])
            return redirect("registration:selfie")
        except (ImageRefused, CaptureRefused, TooManyRequests) as refusal:
            form.add_error("photo", sentence(refusal.code))
        except ApplicationClosed:
            return redirect("registration:status")
    context = {**captures.shown(application, CaptureKind.SELFIE), "form": form, "progress": steps.at("person")}
    return render(request, "registration/web/selfie.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
@live_part
@needs_editable
def selfie_state(request: HttpRequest, application: Application) -> HttpResponse:
    """Only the state of the selfie, for the page that waits for it."""
    return part(request, "registration/web/selfie_part.html", captures.shown(application, CaptureKind.SELFIE))


@takes_file
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs_editable
@needs_parts_before(CaptureKind.STATEMENT)
def statement(request: HttpRequest, application: Application) -> HttpResponse:
    """Record a short video that a person watches; or read how the visit to a shop goes (R-33)."""
    if not application.face_free:
        return redirect("registration:selfie")
    if application.statement_way != StatementWay.VIDEO:
        return render(request, "registration/web/shop.html", {"progress": steps.at("person"), "next_page": next_page(application)})
    form = StatementForm(request.POST, request.FILES) if request.method == "POST" else StatementForm()
    if form.is_valid():
        try:
            count_request(request, CAPTURES_PER_HOUR_IP)
            answer_with_video(
                actor=actor_from_request(request),
                application_id=application.pk,
                challenge_id=form.cleaned_data["challenge"],
                session=request.session.session_key or "",
                content=form.cleaned_data["video"],
                kind=ChallengeKind.DIGITS,
            )
            return redirect(next_page(application))
        except (CaptureRefused, ChallengeRefused, TooManyRequests) as refusal:
            form.add_error("video", sentence(refusal.code))
        except ApplicationClosed:
            return redirect("registration:status")
    context = {
        "form": form,
        "asked": _digits(request, application),
        "view": captures.view_of(application, CaptureKind.STATEMENT),
        "next_page": next_page(application),
        "progress": steps.at("person"),
        "application": application,
        "today": timezone.localdate(),
    }
    return render(request, "registration/web/statement.html", context, status=422 if form.errors else 200)


def _digits(request: HttpRequest, application: Application) -> Challenge:
    """The digits to read aloud: those this browser was given while they hold, else new ones."""
    session = request.session.session_key or ""
    return application.challenges.open_in(session, ChallengeKind.DIGITS).first() or issue_challenge(
        actor=actor_from_request(request), application_id=application.pk, kind=ChallengeKind.DIGITS, session=session
    )
