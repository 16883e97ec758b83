"""Does the number belong to a virtual operator?"""

from realname.ids import phone as phones
from risk import policy
from risk.rules.base import Context, Hit


class VirtualNumberSegment:
    """Numbers of resale operators (segments 162, 165, 167, 170, 171) carry a larger share of fraud; a weak sign."""

    code = "VIRTUAL_NUMBER_SEGMENT"
    points = policy.VIRTUAL_NUMBER_POINTS
    fires_from = None

    def weigh(self, context: Context) -> Hit | None:
        """Look at the segment."""
        number = context.application.phone
        try:
            virtual = bool(number) and phones.parse(number).kind == "virtual"
        except phones.InvalidPhone:
            return None
        return Hit(count=1, threshold=1) if virtual else None
