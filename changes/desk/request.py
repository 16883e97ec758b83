"""A clerk or reviewer asks for a change, for a person who is there or on the telephone."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from changes import access
from changes.desk.forms import RequestForm
from changes.errors import ChangeError
from changes.services.request_change import request_change
from changes.states import ChangeKind
from realname.access.actor import actor_from_request
from realname.access.guards import desk_page


@desk_page(access.may_request)
def request_contact_phone(request: HttpRequest) -> HttpResponse:
    """Ask for a new contact phone; the code is entered on the change's page."""
    form = RequestForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            change = request_change(
                actor=actor_from_request(request),
                person_id=form.person.pk,
                kind=ChangeKind.CONTACT_PHONE,
                value=form.cleaned_data["value"],
            )
            return redirect("admin:changes_changerequest_case", change.pk)
        except ChangeError as refusal:
            form.add_error("value", refusal.message)
    context = {**admin.site.each_context(request), "title": _("Change a contact phone"), "form": form}
    return TemplateResponse(request, "changes/desk/request.html", context, status=422 if form.errors else 200)
