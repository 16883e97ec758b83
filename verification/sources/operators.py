"""The exchange of the other operators, over HTTP."""

from django.utils.translation import gettext_lazy as _

from verification.sources.base import Fact
from verification.sources.signed import SignedSource


class OperatorExchange(SignedSource):
    """Knows how many lines a person has with other operators (R-15), and whose a phone number is."""

    name = "operator_exchange"
    label = _("Other operators")
    paths = {Fact.PHONE: "/operators/v1/phone", Fact.LINE_COUNT: "/operators/v1/lines"}
    url, key = "OPERATORS_URL", "OPERATORS_KEY"
