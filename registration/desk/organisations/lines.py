"""The clerk for organisations looks at the lines of one, ends one, or has its user replaced."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from realname.access.actor import actor_from_request
from realname.access.guards import desk_page, visible
from registration.access import may_keep_organisations
from registration.desk.organisations.forms import NamingForm
from registration.desk.organisations.own import desk_answer, own_organisation
from registration.desk.organisations.standing import LINE_TONES
from registration.errors import OrganisationRefused
from registration.models import Line
from registration.services.organisation.facts import line_limit_of
from registration.services.organisation.lines import end_line, show_line, show_lines
from registration.services.organisation.replace_user import replace_user
from registration.states import OrganisationStatus

LAST_PAGE = 100_000


@require_safe
@desk_page(may_keep_organisations)
def lines(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """All lines of it with their users, masked: those in use first, then those that ended."""
    own = own_organisation(request, organisation_id)
    asked = request.GET.get("page", "0")
    page = min(int(asked), LAST_PAGE) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 0
    shown, more = show_lines(actor=actor_from_request(request), organisation=own, page=page)
    context = {
        "organisation": own,
        "lines": [(line, LINE_TONES.get(line.status, "neutral")) for line in shown],
        "held": own.lines.held().count(),
        "limit": line_limit_of(own),
        "before": page - 1 if page else None,
        "after": page + 1 if more else None,
    }
    return desk_answer(request, "lines", _("Lines of an organisation"), context)


@require_safe
@desk_page(may_keep_organisations)
def line(request: HttpRequest, organisation_id: UUID, line_id: UUID) -> HttpResponse:
    """One of them: who used its number until now, and what can be done."""
    return _line(request, organisation_id, line_id, NamingForm())


@require_POST
@desk_page(may_keep_organisations)
def replace(request: HttpRequest, organisation_id: UUID, line_id: UUID) -> HttpResponse:
    """Somebody else shall be its user, as soon as they are verified."""
    own = own_organisation(request, organisation_id)
    form = NamingForm(request.POST)
    if form.is_valid():
        try:
            replace_user(actor=actor_from_request(request), organisation_id=own.pk, line_id=line_id, **form.cleaned_data)
            messages.success(request, _("The person gets this number once they are verified; its user keeps it until then."))
            return redirect("admin:registration_organisation_line", own.pk, line_id)
        except OrganisationRefused as refusal:
            form.add_error("reference", refusal.message)
    return _line(request, own.pk, line_id, form)


@require_POST
@desk_page(may_keep_organisations)
def end(request: HttpRequest, organisation_id: UUID, line_id: UUID) -> HttpResponse:
    """It ends at once, and its user is told; done twice it is the same end."""
    own = own_organisation(request, organisation_id)
    visible(Line.objects.filter(pk=line_id, organisation=own).first())
    end_line(actor=actor_from_request(request), organisation_id=own.pk, line_id=line_id)
    messages.success(request, _("The line has ended. Its user is told, and its number is in quarantine."))
    return redirect("admin:registration_organisation_line", own.pk, line_id)


def _line(request: HttpRequest, organisation_id: UUID, line_id: UUID, form: NamingForm) -> HttpResponse:
    own = own_organisation(request, organisation_id)
    found = visible(Line.objects.filter(pk=line_id, organisation=own).first())
    shown, same_number = show_line(actor=actor_from_request(request), line=found)
    context = {
        "organisation": own,
        "line": shown,
        "tone": LINE_TONES.get(shown.status, "neutral"),
        "users": same_number,
        "form": form if shown.held and own.status == OrganisationStatus.APPROVED and not shown.promised else None,
    }
    return desk_answer(request, "line", _("Line of an organisation"), context, status=422 if form.errors else 200)
