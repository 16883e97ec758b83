"""The pages of a document are the same for both people of an application; which of them a page is about, and in which words."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registration.models import Application
from registration.models.identity import Identity
from registration.states import Party, Representation

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Words:
    """How the pages of one party's document speak."""

    photograph: Promise
    check: Promise
    confirm: Promise
    details: Promise
    hint: Promise | str = ""


_OWN = Words(_("Photograph your document"), _("Check your details"), _("These are my details"), _("Your details"))
_OF_CHILD = Words(
    _("Photograph the child's document"),
    _("Check the child's details"),
    _("These are the child's details"),
    _("The child's details"),
    _("First the child's document; yours comes after. A child without an ID card has a page in the household register."),
)
_OF_ABSENT = Words(
    _("Photograph the document of the person you act for"),
    _("Check the details of the person you act for"),
    _("These are their details"),
    _("Details of the person you act for"),
    _("First the original document of the person you act for; yours comes after."),
)
_OF_WHO_ACTS = Words(
    _("Photograph your own document"),
    _("Check your own details"),
    _("These are my details"),
    _("Your own details"),
    _("You act for somebody else: the law asks for your document too, and for proof that you may."),
)


def words_of(application: Application, party: str) -> Words:
    """The words for this party of this application."""
    if party == Party.REPRESENTATIVE:
        return _OF_WHO_ACTS
    return {Representation.GUARDIAN: _OF_CHILD, Representation.AGENT: _OF_ABSENT}.get(application.representation, _OWN)


def address(name: str, party: str) -> str:
    """The address of a page of this party: `document`, `details`, and so on."""
    return reverse(f"registration:{name}" if party == Party.PRINCIPAL else f"registration:representative_{name}")


def page_of(application: Application, party: str) -> dict:
    """What every page of a party's document shows of whose it is."""
    identity: Identity = application.party(party)
    return {
        "document": identity.document,
        "words": words_of(application, party),
        "here": {name: address(name, party) for name in ("document", "document_state", "choose_document", "details")},
    }


def needs_party(view: View) -> View:
    """Answer 404 for a party that this application does not have; under one of the session's guards."""

    @wraps(view)
    def guarded(request: HttpRequest, application: Application, *args, party: str = Party.PRINCIPAL, **kwargs) -> HttpResponse:
        if party not in application.parties:
            raise Http404
        return view(request, application, *args, party=party, **kwargs)

    return guarded
