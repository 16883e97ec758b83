"""What a sales manager fills in about dealers, shops and who works there."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from unfold.widgets import INPUT_CLASSES, UnfoldAdminTextInputWidget

from realname.access.models import Role, Staff
from registration.errors import MESSAGES

TYPED = {"autocomplete": "off"}


def _day(label: Any, **kwargs: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": " ".join(INPUT_CLASSES)})
    return forms.DateField(label=label, input_formats=["%Y-%m-%d"], widget=widget, **kwargs)


def _text(label: Any, length: int, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, widget=UnfoldAdminTextInputWidget(TYPED), **kwargs)


class TermsForm(forms.Form):
    """The days of a contract."""

    contract_from = _day(_("First day of the contract"))
    contract_to = _day(_("Last day of the contract"))


class SignForm(TermsForm):
    """A new dealer."""

    name = _text(_("Name of the dealer"), 120)
    field_order = ("name", "contract_from", "contract_to")


class AddressForm(forms.Form):
    """Where a shop is."""

    address = _text(_("Address of the shop"), 200)
    region = _text(_("Region"), 40, required=False)


class ShopForm(AddressForm):
    """A new shop."""

    name = _text(_("Name of the shop"), 120)
    field_order = ("name", "address", "region")


class PostingForm(forms.Form):
    """Who works there, and when. The clerk is named, not chosen from a list: there may be thousands."""

    clerk = _text(_("User name of the clerk"), 150)
    begins = _day(_("First day"))
    ends = _day(_("Last day"), required=False, help_text=_("Empty: until it is ended."))

    def clean_clerk(self) -> Staff:
        """The clerk of this name."""
        clerk = Staff.objects.filter(username=self.cleaned_data["clerk"], role=Role.CLERK, is_active=True).first()
        if clerk is None:
            raise ValidationError(MESSAGES["posting_clerks_only"], code="posting_clerks_only")
        return clerk
