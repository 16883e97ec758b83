"""Tablets of shops: the administrator makes a code for a new one; who keeps it or its shop ends one that is lost."""

from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from realname.access.actor import actor_from_request
from realname.access.guards import desk_page, visible
from registration.access import may_keep_devices, may_revoke_devices
from registration.models import Shop, ShopDevice
from registration.services.shop.enrol_device import offer_device, revoke_device

PER_PAGE = 50


class DeviceForm(forms.Form):
    """For which shop, and what it is called there."""

    shop = forms.ModelChoiceField(
        label=_("Shop"), queryset=Shop.objects.select_related("dealer"), empty_label=_("Choose a shop"), widget=UnfoldAdminSelectWidget
    )
    label = forms.CharField(label=_("Name of the device"), max_length=60, widget=UnfoldAdminTextInputWidget)


@desk_page(may_keep_devices)
def devices(request: HttpRequest) -> HttpResponse:
    """Devices by shop, searched by name, and the form for another; its code is shown this once."""
    form = DeviceForm(request.POST if request.method == "POST" else None)
    made = None
    if form.is_valid():
        given = form.cleaned_data
        made = offer_device(actor=actor_from_request(request), shop_id=given["shop"].pk, label=given["label"])
        form = DeviceForm()
    sought = request.GET.get("q", "").strip()[:120]
    found = ShopDevice.objects.select_related("shop__dealer").order_by("shop__name", "label", "pk")
    if sought:
        found = found.filter(Q(label__icontains=sought) | Q(shop__name__icontains=sought) | Q(shop__dealer__name__icontains=sought))
    context = {
        **admin.site.each_context(request),
        "title": _("Devices of shops"),
        "form": form,
        "made": made,
        "sought": sought,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
    }
    return TemplateResponse(request, "registration/desk/shop/devices.html", context, status=422 if form.errors else 200)


@require_POST
@desk_page(may_revoke_devices)
def revoke(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """End it."""
    device = visible(ShopDevice.objects.filter(pk=device_id).first())
    revoke_device(actor=actor_from_request(request), device_id=device.pk)
    messages.success(request, _("The device is revoked. Nobody can act on it."))
    if may_keep_devices(request.user):
        return redirect("admin:registration_shop_devices")
    return redirect("admin:registration_shop_office", device.shop_id)
