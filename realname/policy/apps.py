"""Policy."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class PolicyConfig(AppConfig):
    """Typed, versioned parameters."""

    name = "realname.policy"
    label = "policy"
    verbose_name = _("Policy")

    def ready(self) -> None:
        """Register events and the sweeper, and load every app's `policy.py`, so that all parameters are known from the start."""
        from . import events, tasks  # noqa: F401

        autodiscover_modules("policy")
