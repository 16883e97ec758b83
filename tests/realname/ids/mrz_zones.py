"""Machine-readable zones to read: ICAO's specimens, and zones made by the rules."""

from datetime import date

from realname.ids.mrz import check_digit

# Doc 9303-4, appendix A, and Doc 9303-5, appendix A
TD3_SPECIMEN = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
TD1_SPECIMEN = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")


def with_digit(text: str) -> str:
    """The field, its check digit behind it."""
    return text + check_digit(text)


def yymmdd(day: date) -> str:
    """As a zone has a date."""
    return f"{day:%y%m%d}"


def td3(
    *, number: str, surname: str, given: str, birth: date, expiry: date, sex: str = "F", state: str = "UTO", optional: str = ""
) -> tuple[str, str]:
    """A passport's zone."""
    first = f"P<{state:<<3}" + f"{surname}<<{given}".replace(" ", "<").ljust(39, "<")[:39]
    numbered, born, ends = with_digit(number.ljust(9, "<")), with_digit(yymmdd(birth)), with_digit(yymmdd(expiry))
    tail = with_digit(optional.ljust(14, "<"))
    return first, f"{numbered}{state:<<3}{born}{sex}{ends}{tail}" + check_digit(numbered + born + ends + tail)


def cn_permit(
    *, number: str, surname: str, given: str, birth: date, expiry: date, sex: str = "M", renewals: int = 1, code: str = "CR"
) -> tuple[str, str, str]:
    """The zone of a travel permit's card."""
    numbered, times = with_digit(number.ljust(9, "<")), with_digit(f"{renewals:02d}")
    ends, born = with_digit(yymmdd(expiry)), with_digit(yymmdd(birth))
    first = f"{code}{numbered}{times}{ends}{sex}{born}"
    century = {18: "A", 19: "B", 20: "C"}[birth.year // 100]
    held = with_digit("<" * 9)
    second = "<" * 18 + century + held + check_digit(first[2:22] + first[23:30] + held)
    return first, second, f"{surname}<<{given}".replace(" ", "<").ljust(30, "<")[:30]
