"""Did somebody guess codes of this number?"""

from django.db.models import Sum

from registration.models import PhoneCode
from risk import policy
from risk.rules.base import DAY, Context, Hit, hit_from


class CodeGuessing:
    """Wrong codes entered for the number within 24 hours, over all applications that tried it."""

    code = "CODE_GUESSING"
    points = policy.CODE_GUESSING_POINTS
    fires_from = policy.CODE_GUESSING_COUNT

    def weigh(self, context: Context) -> Hit | None:
        """Add up the wrong guesses."""
        if not context.application.phone_index:
            return None
        codes = PhoneCode.objects.filter(phone_index=context.application.phone_index, created_at__gte=context.now - DAY)
        wrong = codes.aggregate(total=Sum("attempts"))["total"] or 0
        return hit_from(wrong, context.policy.value(policy.CODE_GUESSING_COUNT))
