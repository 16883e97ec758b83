"""Staff end a line, for a reason."""

from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget

from realname.access.actor import actor_from_request
from realname.access.guards import desk_page, visible
from realname.masking import mask_phone
from realname.vault.errors import KeyErased
from registration import access
from registration.models import Line
from registration.services.terminate_line import terminate_line
from registration.states import EndReason


class TerminateForm(forms.Form):
    """Why the line ends."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[("", _("Choose a reason")), *((each.value, each.label) for each in EndReason.of_staff())],
        widget=UnfoldAdminSelectWidget,
        error_messages={"required": _("Choose a reason.")},
    )


@desk_page(access.may_terminate_lines)
def terminate(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """Show what ends with it and ask for the reason; then end it, once."""
    line = visible(Line.objects.select_related("application").filter(pk=line_id, person__frozen_at=None).first())
    form = TerminateForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        terminate_line(actor=actor_from_request(request), line_id=line.pk, reason=EndReason(form.cleaned_data["reason"]))
        messages.success(request, _("The line is terminated, and its number is in quarantine."))
        return redirect("admin:registration_line_changelist")
    context = {
        **admin.site.each_context(request),
        "title": _("Terminate a line"),
        "line": line,
        "number": _masked(line),
        "form": form,
        "may_terminate": access.may_terminate_line(request.user, line),
    }
    return TemplateResponse(request, "registration/desk/terminate.html", context, status=422 if form.errors else 200)


def _masked(line: Line) -> str:
    try:
        return mask_phone(line.number)
    except KeyErased:
        return ""
