"""Stage 1: a person asks for a line."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistrationConfig(AppConfig):
    """Consent, phone code, identity data, captures, submission, activation."""

    name = "registration"
    verbose_name = _("Registration")

    def ready(self) -> None:
        """Make known what this stage says, hears, may be set, and re-sends."""
        from registration import events, listeners, policy, tasks  # noqa: F401
        from registration.gateways import kinds
        from registration.retention import iot, organisations, table  # noqa: F401
        from registration.services.account.notify_person import NoticeMessage
        from registration.services.bulk.invite import InvitationMessage
        from registration.services.iot.tell_responsible import StoppedMessage
        from registration.services.tell_code import PhoneCodeMessage

        kinds.register(PhoneCodeMessage())
        kinds.register(NoticeMessage())
        kinds.register(InvitationMessage())
        kinds.register(StoppedMessage())
