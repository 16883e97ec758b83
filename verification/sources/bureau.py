"""A credit bureau, over HTTP."""

from django.utils.translation import gettext_lazy as _

from verification.sources.base import Fact
from verification.sources.signed import SignedSource


class CreditBureau(SignedSource):
    """Knows whether name, ID number and phone number belong together, and name and ID number by themselves."""

    name = "credit_bureau"
    label = _("Credit bureau")
    paths = {Fact.IDENTITY: "/bureau/v1/identity", Fact.PHONE: "/bureau/v1/phone"}
    url, key = "BUREAU_URL", "BUREAU_KEY"
