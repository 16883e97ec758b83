"""The lists of dealers, shops and postings: to look at; each thing has a page of its own for its acts (R-08)."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from realname.access import menu
from realname.access.read_only import ReadOnlyAdmin, status_column
from registration import access
from registration.desk.shop.urls import DEALER_PATHS, SHOP_PATHS
from registration.models import ClerkPosting, Dealer, Shop
from registration.states import DealerStatus

for _group, _title, _icon, _url, _allowed in (
    (menu.Group.WORK, _("Shop"), "storefront", "admin:registration_shop", access.may_work_in_shop),
    (menu.Group.STAFF, _("Devices of shops"), "tablet_android", "admin:registration_shop_devices", access.may_keep_devices),
    (menu.Group.OVERSIGHT, _("Dealers"), "handshake", "admin:registration_dealer_changelist", access.may_see_dealers),
    (menu.Group.OVERSIGHT, _("Sign a dealer"), "add_business", "admin:registration_dealer_sign", access.may_keep_shops),
    (menu.Group.OVERSIGHT, _("Shops"), "storefront", "admin:registration_shop_changelist", access.may_keep_shops),
    (menu.Group.OVERSIGHT, _("Postings of clerks"), "badge", "admin:registration_clerkposting_changelist", access.may_keep_shops),
):
    menu.hang(_group, _title, icon=_icon, url=_url, may=_allowed)


class _OfficeAdmin(ReadOnlyAdmin):
    """A list whose rows lead to pages of their own."""

    list_per_page = 50

    def may(self, user: Any) -> bool:
        """Whose list it is."""
        return access.may_keep_shops(user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whose list it is."""
        return self.may(request.user)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whose list it is."""
        return self.may(request.user)


@admin.register(Dealer)
class DealerAdmin(_OfficeAdmin):
    """Dealers and their standing; the pages of counters and devices come with them."""

    page = "admin:registration_dealer_standing"
    list_display = ("name", "shown_status", "contract_from", "contract_to")
    list_filter = ("status",)
    search_fields = ("name",)
    ordering = ("name",)

    def may(self, user: Any) -> bool:
        """Who keeps them, and who judges them."""
        return access.may_see_dealers(user)

    def get_urls(self) -> list[URLPattern]:
        """The counter, the devices and a dealer's own pages."""
        return [*DEALER_PATHS, *super().get_urls()]

    shown_status = status_column({DealerStatus.ACTIVE: "success", DealerStatus.SUSPENDED: "danger"})


@admin.register(Shop)
class ShopAdmin(_OfficeAdmin):
    """Shops of all dealers; another is opened on its dealer's page."""

    page = "admin:registration_shop_office"
    list_display = ("name", "dealer", "address", "region", "closed_at")
    list_filter = (("closed_at", admin.EmptyFieldListFilter),)
    list_select_related = ("dealer",)
    search_fields = ("name", "address", "region", "dealer__name")
    ordering = ("name", "pk")

    def get_urls(self) -> list[URLPattern]:
        """A shop's own pages."""
        return [*SHOP_PATHS, *super().get_urls()]


@admin.register(ClerkPosting)
class ClerkPostingAdmin(_OfficeAdmin):
    """Who works and worked where."""

    list_display = ("clerk", "shown_shop", "begins", "ends", "ended_at")
    list_filter = (("ended_at", admin.EmptyFieldListFilter),)
    list_select_related = ("clerk", "shop")
    search_fields = ("clerk__username", "shop__name")
    search_help_text = _("User name of the clerk, or name of the shop.")
    ordering = ("-begins", "-pk")
    fields = readonly_fields = ("clerk", "shop", "begins", "ends", "ended_at")

    @display(description=_("shop"), ordering="shop__name")
    def shown_shop(self, posting: ClerkPosting) -> SafeString:
        """Leads to its page, where the posting can be ended."""
        url = reverse("admin:registration_shop_office", args=[posting.shop_id])
        return format_html('<a class="desk-link" href="{}">{}</a>', url, posting.shop.name)
