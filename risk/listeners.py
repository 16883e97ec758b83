"""What this stage hears from the floors below."""

from realname.trail import listens_to
from realname.trail.models import Event
from risk.services.judge_iot_break import judge_iot_break


@listens_to("iot_line.limit_broken", name="risk.judge_iot_break")
def judge_break(event: Event) -> None:
    """Judged here and not by a task: there is one short transaction, and the cursor is what makes sure that it happens."""
    judge_iot_break(event=event)
