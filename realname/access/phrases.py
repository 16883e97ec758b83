"""Sentences of unfold that staff meet. It brings no Chinese: naming them here puts them into our catalogue of texts."""

from django.utils.translation import gettext_noop

PHRASES = (
    gettext_noop("Return to site"),
    gettext_noop("Filters"),
    gettext_noop("Apply Filters"),
    gettext_noop("Reset filters"),
    gettext_noop("No results found"),
    gettext_noop("This page yielded into no results. Create a new item or reset your filters."),
    gettext_noop("Previous"),
    gettext_noop("Next"),
    gettext_noop("Light"),
    gettext_noop("Dark"),
    gettext_noop("System"),
    gettext_noop("Run"),
    gettext_noop("General"),
    gettext_noop("True"),
    gettext_noop("False"),
    gettext_noop("Cancel"),
    gettext_noop("Go back"),
    gettext_noop("No data"),
    gettext_noop("More actions"),
    gettext_noop("Toggle password visibility"),
)
