"""My applications: where each stands, going on with one, and why it was decided as it was (R-29)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from realname.access.guards import visible
from registration.explanations import explanations_of
from registration.models import Application
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
    return render(request, "registration/web/account/applications.html", {"rows": rows})


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
