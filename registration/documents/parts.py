"""What several types have in common: how fields are brought into one form, and groups of fields."""

from django.utils.translation import gettext_lazy as _

from realname.ids import addresses, authorities, latin_names, names, passport
from registration.documents.base import Field

CHINESE_NAME = {"name": names.normalise}
LATIN_NAME = {"name": latin_names.normalise}
OTHER_NAME_LATIN = {"other_name": latin_names.normalise}
OTHER_NAME_CHINESE = {"other_name": names.normalise}
ADDRESS = {"address": addresses.normalise}
AUTHORITY = {"authority": authorities.normalise}
NATIONALITY = {"nationality": passport.state}
STATES = {**NATIONALITY, "issuing_state": passport.state}

ADDRESS_FIELD = Field("address")
PERIOD = (Field("valid_from"), Field("valid_to"))
LONG_TERM = Field("valid_long_term", required=False)
LATIN = Field("other_name", label=_("Name in Latin letters"))
