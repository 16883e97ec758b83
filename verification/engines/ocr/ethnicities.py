"""The ethnicities cards print, longest first so that the longest that fits wins."""

from realname.ids.ethnicities import NAMES

ETHNICITIES: tuple[str, ...] = tuple(sorted(NAMES, key=len, reverse=True))
