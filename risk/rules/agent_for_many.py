"""Does one agent act for many people?"""

from realname.trail.models import Event
from registration.states import Representation
from risk import policy
from risk.rules.base import Context, Hit


class AgentForMany:
    """The agent of this application acted for more people within 30 days than policy allows, as the trail says of when it was handed in.

    Heavy by itself: who opens lines for others by the dozen is what the joint punishments are for (R-22: three cards, three people).
    """

    code = "AGENT_FOR_MANY"
    points = policy.AGENT_FOR_MANY_POINTS
    fires_from = None  # the limit of then was exceeded, or it was not

    def weigh(self, context: Context) -> Hit | None:
        """Look for what was told of it; the newest, where it was handed in again."""
        application = context.application
        if application.representation != Representation.AGENT:
            return None
        newest = Event.objects.filter(name="agent.over_limit", subject_kind="application", subject_id=str(application.pk)).last()
        return Hit(count=newest.data["people"], threshold=newest.data["limit"] + 1) if newest else None
