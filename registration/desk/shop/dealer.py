"""A dealer's page: signed and given new terms by a sales manager, suspended and reinstated for a reason (R-08)."""

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
from realname.ui.telling import telling
from registration.access import may_judge_dealer, may_keep_shops, may_see_dealers
from registration.desk.shop.office_forms import SignForm, TermsForm
from registration.errors import ShopRefused
from registration.models import Dealer
from registration.services.shop.keep_dealers import renew_dealer, sign_dealer
from registration.services.shop.suspend_dealer import reinstate_dealer, suspend_dealer
from registration.shop_selectors import FIGURE_DAYS, figures
from registration.states import DealerReason, DealerStatus


class StandingForm(forms.Form):
    """The reasons that fit the standing."""

    reason = forms.ChoiceField(label=_("Reason"), widget=UnfoldAdminSelectWidget, error_messages={"required": _("Choose a reason.")})

    def __init__(self, data: dict | None, *, active: bool) -> None:
        super().__init__(data)
        fitting = [each for each in DealerReason if (each in DealerReason.against()) == active]
        self.fields["reason"].choices = [("", _("Choose a reason")), *((each.value, each.label) for each in fitting)]


@desk_page(may_keep_shops)
def sign(request: HttpRequest) -> HttpResponse:
    """A new dealer."""
    form = SignForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            dealer = sign_dealer(actor=actor_from_request(request), **form.cleaned_data)
            messages.success(request, _("The dealer is under contract. Open its shops here."))
            return redirect("admin:registration_dealer_standing", dealer.pk)
        except ShopRefused as refusal:
            form.add_error("name" if refusal.code == "dealer_known" else "contract_to", refusal.message)
    context = {**admin.site.each_context(request), "title": _("Sign a dealer"), "form": form}
    return TemplateResponse(request, "registration/desk/shop/sign.html", context, status=422 if form.errors else 200)


@desk_page(may_keep_shops)
def renew(request: HttpRequest, dealer_id: UUID) -> HttpResponse:
    """New days of its contract."""
    dealer = visible(Dealer.objects.filter(pk=dealer_id).first())
    now = {"contract_from": dealer.contract_from, "contract_to": dealer.contract_to}
    form = TermsForm(request.POST if request.method == "POST" else None, initial=now)
    if form.is_valid():
        try:
            renew_dealer(actor=actor_from_request(request), dealer_id=dealer.pk, **form.cleaned_data)
            messages.success(request, _("The terms of the contract are changed."))
            return redirect("admin:registration_dealer_standing", dealer.pk)
        except ShopRefused as refusal:
            form.add_error("contract_to", refusal.message)
    context = {**admin.site.each_context(request), "title": _("Terms of the contract"), "dealer": dealer, "form": form}
    return TemplateResponse(request, "registration/desk/shop/renew.html", context, status=422 if form.errors else 200)


@desk_page(may_see_dealers)
def standing(request: HttpRequest, dealer_id: UUID) -> HttpResponse:
    """The dealer with its shops and their figures, and the act that its standing and the role allow."""
    dealer = visible(Dealer.objects.filter(pk=dealer_id).first())
    active, may_judge = dealer.status == DealerStatus.ACTIVE, may_judge_dealer(request.user, dealer)
    form = StandingForm(request.POST if request.method == "POST" else None, active=active)
    if form.is_valid():
        act = suspend_dealer if active else reinstate_dealer
        with telling(request):
            act(actor=actor_from_request(request), dealer_id=dealer.pk, reason=DealerReason(form.cleaned_data["reason"]))
            messages.success(request, _("The dealer is suspended.") if active else _("The dealer is reinstated."))
        return redirect("admin:registration_dealer_standing", dealer.pk)
    counted = figures("shop", dealer=dealer)
    context = {
        **admin.site.each_context(request),
        "title": dealer.name,
        "dealer": dealer,
        "shops": [(shop, counted.get(shop.pk)) for shop in dealer.shops.all()],
        "days": FIGURE_DAYS,
        "active": active,
        "may_judge": may_judge,
        "may_keep": may_keep_shops(request.user),
        "form": form,
    }
    return TemplateResponse(request, "registration/desk/shop/dealer.html", context, status=422 if form.errors else 200)
