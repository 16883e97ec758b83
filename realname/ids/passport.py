"""Numbers of passports, and the three-letter codes of states.

A number has at most nine letters and digits: that is what fits the machine-readable zone (ICAO Doc 9303-4, 4.2.2). States number as
they like, so nothing else can be asked of it; its check digit stands in the zone (`mrz`).
"""

import re

from django.utils.translation import gettext_lazy as _

from .errors import InvalidInput
from .written import compact

MESSAGES = {
    "number": _("A passport number has at most nine letters and digits."),
    "state": _("This is not a three-letter code of a state. Please copy it from the passport, for example USA."),
}
_NUMBER = re.compile(r"[0-9A-Z]{1,9}")

# ISO 3166-1 alpha-3
_STATES = (
    "ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR BHR BHS BIH BLM BLR BLZ BMU BOL BRA "
    "BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG COK COL COM CPV CRI CUB CUW CXR CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU "
    "EGY ERI ESH ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB GIN GLP GMB GNB GNQ GRC GRD GRL GTM GUF GUM GUY HKG HMD HND "
    "HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA JAM JEY JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO "
    "LTU LUX LVA MAC MAF MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC "
    "NIU NLD NOR NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU SDN SEN SGP SGS SHN SJM "
    "SLB SLE SLV SMR SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK TKL TKM TLS TON TTO TUN TUR TUV TWN TZA UGA "
    "UKR UMI URY USA UZB VAT VCT VEN VGB VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE"
)
# Doc 9303-3, 5: Germany, British nationals, organisations, persons without a nationality, and the country of all specimens
_ICAO = "D EUE GBD GBN GBO GBP GBS RKS UNK UNO UNA XAA XBA XIM XCC XCE XCO XEC XES XMP XOM XPO XDC XXA XXB XXC XXX UTO"
STATES = frozenset((_STATES + " " + _ICAO).split())


class InvalidPassport(InvalidInput):
    """Not a passport's number, or not a state; `code` is a key of MESSAGES."""

    messages = MESSAGES


class InvalidState(InvalidPassport):
    """Not the code of a state."""


def parse(text: str) -> str:
    """The number in its written form. Raises InvalidPassport."""
    number = compact(text)
    if _NUMBER.fullmatch(number) is None:
        raise InvalidPassport("number")
    return number


def state(text: str) -> str:
    """The code of a state in its written form; Germany is D in its passports and DEU elsewhere, here always D. Raises InvalidState."""
    code = compact(text).rstrip("<")
    if code not in STATES:
        raise InvalidState("state")
    return "D" if code == "DEU" else code
