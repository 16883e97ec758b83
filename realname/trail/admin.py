"""The trail in the admin: to look at, never to change."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from realname.access.read_only import ReadOnlyAdmin
from realname.trail.models import Event, ListenerCursor, Seal
from realname.trail.registry import label_of


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """Newest first. `before` and `after` are not shown here: reading them is an act of its own, with a purpose."""

    list_display = ("at", "what", "actor_name", "actor_role", "subject_kind", "subject_id", "reason", "ip")
    list_filter = ("actor_kind", "subject_kind")
    search_fields = ("=subject_id", "=correlation_id", "=actor_id")
    search_help_text = _("Whole subject id, correlation id or actor id.")
    date_hierarchy = "at"
    ordering = ("-txid", "-id")
    exclude = ("before", "after", "uid")

    @display(description=_("event"), ordering="name")
    def what(self, event: Event) -> str:
        """The event's label."""
        return label_of(event.name)


@admin.register(Seal)
class SealAdmin(ReadOnlyAdmin):
    """Newest first."""

    list_display = ("number", "count", "sealed_at", "key_id", "fingerprint")
    ordering = ("-number",)
    exclude = ("marks", "root", "hash", "previous_hash", "signature")

    @display(description=_("hash"))
    def fingerprint(self, seal: Seal) -> str:
        """The first digits of the seal's hash, to compare with the anchor file."""
        return bytes(seal.hash).hex()[:16]


@admin.register(ListenerCursor)
class ListenerCursorAdmin(ReadOnlyAdmin):
    """Who is behind, and why."""

    list_display = ("name", "txid", "event_id", "failures", "last_error", "retry_at", "updated_at")
    ordering = ("-failures", "name")
