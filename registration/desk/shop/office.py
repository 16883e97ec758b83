"""A shop's page for the sales manager: where it is, whether it is open, who works there, on which devices, with what result."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from realname.access.actor import actor_from_request
from realname.access.guards import desk_page, visible
from realname.trail.errors import PersonalDataInTrail
from registration.access import may_keep_shops
from registration.desk.shop.office_forms import AddressForm, PostingForm, ShopForm
from registration.errors import ShopRefused
from registration.models import ClerkPosting, Dealer, Shop
from registration.services.shop.keep_postings import post_clerk, recall_clerk
from registration.services.shop.keep_shops import close_shop, move_shop, open_shop, reopen_shop
from registration.shop_selectors import FIGURE_DAYS, figures, postings_not_over

PER_PAGE = 50
NUMBER_IN_ADDRESS = _("An address holds no phone or ID number. Leave it out.")


@desk_page(may_keep_shops)
def open_one(request: HttpRequest, dealer_id: UUID) -> HttpResponse:
    """A new shop of a dealer."""
    dealer = visible(Dealer.objects.filter(pk=dealer_id).first())
    form = ShopForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        shop = _done(form, "name", lambda given: open_shop(actor=actor_from_request(request), dealer=dealer, **given))
        if shop:
            messages.success(request, _("The shop is open. Post its clerks here; an administrator makes the codes of its devices."))
            return redirect("admin:registration_shop_office", shop.pk)
    context = {**admin.site.each_context(request), "title": _("Open a shop"), "dealer": dealer, "form": form}
    return TemplateResponse(request, "registration/desk/shop/open.html", context, status=422 if form.errors else 200)


@desk_page(may_keep_shops)
def office(request: HttpRequest, shop_id: UUID) -> HttpResponse:
    """The shop as it stands; a POST moves it."""
    shop = _shop(shop_id)
    form = AddressForm(request.POST if request.method == "POST" else None, initial={"address": shop.address, "region": shop.region})
    if form.is_valid() and _done(form, "address", lambda given: move_shop(actor=actor_from_request(request), shop_id=shop.pk, **given)):
        messages.success(request, _("The address is changed."))
        return redirect("admin:registration_shop_office", shop.pk)
    return _page(request, shop, form, PostingForm(initial={"begins": timezone.localdate()}))


@require_POST
@desk_page(may_keep_shops)
def post(request: HttpRequest, shop_id: UUID) -> HttpResponse:
    """A clerk works there."""
    shop = _shop(shop_id)
    form = PostingForm(request.POST)
    if form.is_valid() and _done(form, "begins", lambda given: post_clerk(actor=actor_from_request(request), shop=shop, **given)):
        messages.success(request, _("The clerk is posted."))
        return redirect("admin:registration_shop_office", shop.pk)
    return _page(request, shop, AddressForm(initial={"address": shop.address, "region": shop.region}), form)


@require_POST
@desk_page(may_keep_shops)
def close(request: HttpRequest, shop_id: UUID) -> HttpResponse:
    """Nobody acts there."""
    close_shop(actor=actor_from_request(request), shop_id=_shop(shop_id).pk)
    messages.success(request, _("The shop is closed. Nobody can act there."))
    return redirect("admin:registration_shop_office", shop_id)


@require_POST
@desk_page(may_keep_shops)
def reopen(request: HttpRequest, shop_id: UUID) -> HttpResponse:
    """Its clerks act again."""
    reopen_shop(actor=actor_from_request(request), shop_id=_shop(shop_id).pk)
    messages.success(request, _("The shop is open again."))
    return redirect("admin:registration_shop_office", shop_id)


@require_POST
@desk_page(may_keep_shops)
def recall(request: HttpRequest, posting_id: int) -> HttpResponse:
    """The clerk does nothing there any more."""
    posting = visible(ClerkPosting.objects.filter(pk=posting_id).first())
    recall_clerk(actor=actor_from_request(request), posting_id=posting.pk)
    messages.success(request, _("The posting is ended. The clerk can do nothing there any more."))
    return redirect("admin:registration_shop_office", posting.shop_id)


def _shop(shop_id: UUID) -> Shop:
    return visible(Shop.objects.select_related("dealer").filter(pk=shop_id).first())


def _done(form: forms.Form, field: str, act: Callable[[dict], Any]) -> Any:
    """What the act made; None where it was refused, which then stands at the field."""
    try:
        return act(form.cleaned_data)
    except ShopRefused as refusal:
        form.add_error(field, refusal.message)
    except PersonalDataInTrail:
        form.add_error("address", NUMBER_IN_ADDRESS)
    return None


def _page(request: HttpRequest, shop: Shop, address: AddressForm, posting: PostingForm) -> HttpResponse:
    counted = figures("clerk", shop=shop)
    page = Paginator(postings_not_over(shop), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **admin.site.each_context(request),
        "title": shop.name,
        "shop": shop,
        "address": address,
        "posting": posting,
        "page": page,
        "rows": [(each, counted.get(each.clerk_id)) for each in page],
        "days": FIGURE_DAYS,
        "devices": shop.devices.filter(revoked_at__isnull=True),
    }
    wrong = address.errors or posting.errors
    return TemplateResponse(request, "registration/desk/shop/office.html", context, status=422 if wrong else 200)
