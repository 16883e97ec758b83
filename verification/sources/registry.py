"""The population registry, over HTTP."""

from django.utils.translation import gettext_lazy as _

from verification.sources.base import Fact
from verification.sources.signed import SignedSource


class PopulationRegistry(SignedSource):
    """Knows whether a name belongs to an ID number, and whether a face does where it is shown one."""

    name = "population_registry"
    label = _("Population registry")
    paths = {Fact.IDENTITY: "/authority/v1/identity"}
    takes_portrait = True
    url, key = "AUTHORITY_URL", "AUTHORITY_KEY"
