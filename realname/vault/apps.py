"""The vault as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VaultConfig(AppConfig):
    """Holds the data keys and the list of encrypted files."""

    name = "realname.vault"
    label = "vault"
    verbose_name = _("Vault")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what the vault says on the trail."""
        from realname.vault import events  # noqa: F401
