"""Lists of things that services own: to look at, masked, never to change."""

from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.db import DataError
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin
from unfold.views import ChangeList

from realname.access.models import Role
from realname.vault.prefetch import prefetch_keys


class SealedChangeList(ChangeList):
    """Opens the data keys of a whole page of rows in one query."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """As Django's; leads back to the list unfiltered also where an address asks for what can't be (a NUL, the 32nd of a month)."""
        try:
            super().__init__(*args, **kwargs)
        except (DataError, ValueError, OverflowError) as error:
            raise IncorrectLookupParameters from error

    def get_results(self, request: HttpRequest) -> None:
        """As Django's; then the keys of the rows and of what `opens` names beside them."""
        super().get_results(request)
        rows = list(self.result_list)
        self.result_list = rows
        for name in self.model_admin.opens:
            rows = rows + [getattr(row, name) for row in self.result_list]
        prefetch_keys(rows)


class ReadOnlyAdmin(ModelAdmin):
    """Lists and shows; has no form and no action. Who may look is said by the role's permissions (roles.py)."""

    actions = None
    # counting a whole big table would cost more than the page
    show_full_result_count = False
    # relations, loaded by list_select_related, whose sealed fields the list shows masked
    opens: tuple[str, ...] = ()
    # the column that says since when a row's person is frozen: such rows are for compliance alone, who answers to the law
    frozen_by: str = ""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """The one that opens keys by the page."""
        return SealedChangeList

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Without the rows of frozen people, except for compliance."""
        rows = super().get_queryset(request)
        if not self.frozen_by or getattr(request.user, "role", "") == Role.COMPLIANCE:
            return rows
        return rows.filter(**{f"{self.frozen_by}__isnull": True})

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody may."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody may."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody may."""
        return False
