"""Stage 4: keep it true."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChangesConfig(AppConfig):
    """Changes of a verified person's record: asked for, checked, approved, applied; stoppable by the old contact."""

    name = "changes"
    verbose_name = _("Changes")

    def ready(self) -> None:
        """Make known what this stage says, hears, may be set, and re-sends."""
        from changes import events, listeners, policy, tasks  # noqa: F401
        from changes.messages import ChangeCodeMessage, ContactToldMessage
        from registration.gateways import kinds

        kinds.register(ChangeCodeMessage())
        kinds.register(ContactToldMessage())
