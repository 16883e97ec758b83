"""A person who lost their second factor showed their document in a shop: it is removed, and they sign in by code and ID number."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from unfold.widgets import SELECT_CLASSES

from realname import masking
from realname.access.actor import actor_from_request
from realname.access.guards import desk_page, visible
from registration.access import may_remove_factors
from registration.account_selectors import has_second_factor
from registration.models import Person
from registration.selectors import name_of
from registration.services.account.manage_factors import remove_all_factors


class RemoveForm(forms.Form):
    """How it was made sure that it is the person."""

    reason = forms.ChoiceField(
        label=_("How did you make sure that it is this person?"),
        choices=[
            ("", "—"),
            ("document_shown", _("Their ID card was shown and compared with the person")),
            ("told_by_shop", _("A clerk did so, and told me")),
        ],
        widget=forms.Select({"class": " ".join(SELECT_CLASSES)}),
    )


@desk_page(may_remove_factors)
def factors(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Ask how it was made sure, then remove; the person is told by a message."""
    person = visible(Person.objects.filter(pk=person_id, verified_at__isnull=False, frozen_at=None).first())
    form = RemoveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        remove_all_factors(actor=actor_from_request(request), person_id=person.pk, reason=form.cleaned_data["reason"])
        messages.success(request, _("The second factors are removed. The person was told."))
        return redirect("admin:registration_person_changelist")
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Remove second factors"),
        "name": masking.mask_name(name_of(person)),
        "has_factor": has_second_factor(person),
        "form": form,
    }
    return TemplateResponse(request, "registration/desk/factors.html", context, status=422 if form.errors else 200)
