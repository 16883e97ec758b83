"""Compliance suspends and reinstates a dealer, for a reason (R-08)."""

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
from realname.states import TransitionNotAllowed
from registration.access import may_judge_dealers
from registration.models import Dealer
from registration.services.shop.suspend_dealer import reinstate_dealer, suspend_dealer
from registration.states import DealerReason, DealerStatus


class StandingForm(forms.Form):
    """The reasons that fit the standing."""

    reason = forms.ChoiceField(label=_("Reason"), widget=UnfoldAdminSelectWidget, error_messages={"required": _("Choose a reason.")})

    def __init__(self, data: dict | None, *, active: bool) -> None:
        super().__init__(data)
        fitting = [each for each in DealerReason if (each in DealerReason.against()) == active]
        self.fields["reason"].choices = [("", _("Choose a reason")), *((each.value, each.label) for each in fitting)]


@desk_page(may_judge_dealers)
def standing(request: HttpRequest, dealer_id: UUID) -> HttpResponse:
    """The dealer with its shops, and the act that its standing allows."""
    dealer = visible(Dealer.objects.prefetch_related("shops").filter(pk=dealer_id).first())
    active = dealer.status == DealerStatus.ACTIVE
    form = StandingForm(request.POST if request.method == "POST" else None, active=active)
    if form.is_valid():
        act = suspend_dealer if active else reinstate_dealer
        try:
            act(actor=actor_from_request(request), dealer_id=dealer.pk, reason=DealerReason(form.cleaned_data["reason"]))
            messages.success(request, _("The dealer is suspended.") if active else _("The dealer is reinstated."))
        except TransitionNotAllowed:
            messages.warning(request, _("Somebody else was quicker: the dealer's standing has changed."))
        return redirect("admin:registration_dealer_standing", dealer.pk)
    context = {**admin.site.each_context(request), "title": dealer.name, "dealer": dealer, "active": active, "form": form}
    return TemplateResponse(request, "registration/desk/shop/dealer.html", context, status=422 if form.errors else 200)
