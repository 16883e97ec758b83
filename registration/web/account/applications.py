"""My applications: where each stands, going on with one, and why it was decided as it was (R-29)."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from realname.access.guards import visible
from realname.masking import mask_name
from realname.states import TransitionNotAllowed
from registration.errors import ApplicationClosed
from registration.explanations import explanations_of
from registration.models import Application
from registration.parties_selectors import guarded_by
from registration.services.parties.withdraw_for_child import withdraw_for_child
from registration.states import ApplicationStatus
from registration.web.account.session import account_page
from registration.web.session import next_page, remember
from registration.web.standing import HEADS


@require_safe
@account_page
def applications(request: HttpRequest) -> HttpResponse:
    """Newest first."""
    rows = [
        {"application": application, "tone": HEADS[application.status][0] if application.status in HEADS else "neutral"}
        for application in request.sign_in.person.applications.all()
    ]
    children = [
        {
            "application": application,
            "name": mask_name(application.name or ""),
            "tone": HEADS[application.status][0] if application.status in HEADS else "neutral",
            "may_withdraw": application.can_move(to=ApplicationStatus.WITHDRAWN),
        }
        for application in guarded_by(request.sign_in.person)
    ]
    return render(request, "registration/web/account/applications.html", {"rows": rows, "children": children})


@require_POST
@account_page
def child_withdraw(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Take back what was handed in for a child; too late, the page says so."""
    try:
        withdraw_for_child(actor=request.person, person=request.sign_in.person, application_id=application_id)
    except Application.DoesNotExist:
        raise Http404 from None
    except TransitionNotAllowed:
        messages.warning(request, ApplicationClosed().message)
    return redirect("account:applications")


@require_POST
@account_page
def application_open(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Go on with it where it was left, or see its status: the browser's registration is about this one now."""
    application = _mine(request, application_id)
    remember(request, application)
    return redirect(next_page(application))


@require_safe
@account_page
def explanation(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Each decision, its reasons, what was compared, and whether a person took part."""
    application = _mine(request, application_id)
    context = {"application": application, "explanations": explanations_of(application)}
    return render(request, "registration/web/account/explanation.html", context)


def _mine(request: HttpRequest, application_id: UUID) -> Application:
    """Raises Http404: other people's things do not exist."""
    return visible(Application.objects.filter(pk=application_id, person=request.sign_in.person).first())
