"""Is this number of this person registered, or being registered, already?"""

from realname.queue import Queue
from registration.models import Application, Line
from verification.checks.base import Context, Result, failed, passed
from verification.states import CheckKind


class DuplicateApplication:
    """The number as a live line, or in another application on its way (P-REG-5)."""

    kind = CheckKind.DUPLICATE_APPLICATION
    queue = Queue.FAST
    after = ()

    def run(self, context: Context) -> Result:
        """Fail where it is."""
        application = context.application
        live = Line.objects.held().filter(number_index=application.phone_index).exclude(application=application)
        others = Application.objects.open().filter(phone_index=application.phone_index).exclude(pk=application.pk)
        if live.exists():
            return failed("ALREADY_REGISTERED", findings=["live_line"])
        if others.exists():
            return failed("ALREADY_REGISTERED", findings=["other_application"])
        return passed()
