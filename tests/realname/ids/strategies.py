"""Generated identity data."""

from datetime import date

from hypothesis import strategies as st

from realname.ids import regions
from realname.ids.citizen_id import check_digit

TODAY = date(2026, 11, 23)

region_codes = st.deferred(lambda: st.sampled_from(sorted(c for c in regions._table() if c[0] != "8" and c[4:] != "00")))
births = st.dates(min_value=date(1900, 1, 1), max_value=TODAY)


@st.composite
def citizen_numbers(draw: st.DrawFn) -> str:
    """A number with a listed county, a real birth date and the right check digit."""
    body = f"{draw(region_codes)}{draw(births):%Y%m%d}{draw(st.integers(1, 999)):03d}"
    return body + check_digit(body)


# Weighted towards what breaks normalisation: digits, separators, full width, marks, bidi controls, surrogates, rare ideographs.
awkward = st.text(
    st.one_of(
        st.sampled_from("0123456789xX·•．. -－１２ｘ　\t\n\u200b\u202e\ufeff\u0301\u0307\ud800𠮷張张()+86省市@"),
        st.characters(),
    ),
    max_size=80,
)
