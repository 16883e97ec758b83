"""Lists of things that services own: to look at, masked, never to change."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import ValidationError
from django.db import DataError
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import display
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

    def url_for_result(self, result: Model) -> str:
        """The page of the row: its own, where rows have one."""
        page = self.model_admin.page
        return reverse(page, args=[result.pk]) if page else super().url_for_result(result)


def status_column(tones: Mapping[str, str]) -> Callable[[ModelAdmin, Model], tuple[str, str]]:
    """The status as a badge with its word. `tones` names the badge's tone for a status; one that it leaves out has none."""

    @display(description=_("status"), ordering="status", label=tones)
    def shown_status(self: ModelAdmin, row: Model) -> tuple[str, str]:
        word = row.get_status_display()
        # unfold shows the first of the two where it finds no tone for it
        return row.status if row.status in tones else word, word

    return shown_status


class ReadOnlyAdmin(ModelAdmin):
    """Lists and shows; has no form and no action. Who may look is said by the role's permissions (roles.py)."""

    actions = None
    # counting a whole big table would cost more than the page
    show_full_result_count = False
    # relations, loaded by list_select_related, whose sealed fields the list shows masked
    opens: tuple[str, ...] = ()
    # the column that says since when a row's person is frozen: such rows are for compliance alone, who answers to the law
    frozen_by: str = ""
    # the name of the page that each row has instead of a form; it takes the row's id
    page: str = ""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """The one that opens keys by the page."""
        return SealedChangeList

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Without the rows of frozen people, except for compliance."""
        rows = super().get_queryset(request)
        if not self.frozen_by or getattr(request.user, "role", "") == Role.COMPLIANCE:
            return rows
        return rows.filter(**{f"{self.frozen_by}__isnull": True})

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """What the row says; or on to its own page."""
        if not self.page:
            return super().change_view(request, object_id, *args, **kwargs)
        try:
            return redirect(self.page, self.model._meta.pk.to_python(object_id))
        except (ValidationError, NoReverseMatch):
            raise Http404 from None

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody may."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody may."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody may."""
        return False
