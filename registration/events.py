"""What this stage says."""

from django.utils.translation import gettext_lazy as _

from realname.trail import EventType, register

for _name, _label, _subject, _personal in (
    ("application.started", _("Application started"), "application", ()),
    ("consent.given", _("Consent given"), "application", ()),
    ("consent.withdrawn", _("Consent withdrawn"), "application", ()),
    ("path.chosen", _("Way of verification chosen"), "application", ()),
    ("phone_code.requested", _("Phone code requested"), "application", ()),
    ("phone_code.sent", _("Phone code sent"), "application", ()),
    ("phone_code.failed", _("Phone code could not be sent"), "application", ()),
    ("phone_code.refused", _("Phone code refused"), "application", ()),
    ("phone.proven", _("Phone possession proven"), "application", ()),
    ("application.resumed", _("Application resumed"), "application", ()),
    ("application.resume_refused", _("Resuming refused"), "application", ()),
    ("document.chosen", _("Type of document chosen"), "application", ()),
    ("document.captured", _("Document photographed"), "application", ()),
    ("selfie.captured", _("Selfie taken"), "application", ()),
    ("statement.captured", _("Video statement recorded"), "application", ()),
    ("challenge.issued", _("Movements or digits asked for"), "application", ()),
    ("challenge.captured", _("Movements filmed"), "application", ()),
    ("challenge.refused", _("Answer to a challenge refused"), "application", ()),
    ("capture.cleaned", _("Photograph decoded and encoded anew"), "application", ()),
    ("capture.erased", _("Capture erased"), "application", ()),
    ("capture.read", _("Capture looked at"), "application", ()),
    ("details.corrected", _("Details entered"), "application", ("before", "after")),
    ("application.submitted", _("Application submitted"), "application", ()),
    ("application.withdrawn", _("Application withdrawn"), "application", ()),
    ("application.expired", _("Application expired"), "application", ()),
    ("review.requested", _("Review by a person requested"), "application", ()),
    ("person.verified", _("Person verified"), "person", ()),
    ("account.opened", _("Account opened"), "person", ()),
    ("line.activated", _("Line activated"), "line", ()),
    ("line.terminated", _("Line terminated"), "line", ()),
    ("number.reserved", _("Number reserved"), "application", ("after",)),
    ("number.released", _("Reservation of a number ended"), "application", ()),
    ("number.returned", _("Number back from quarantine"), "number", ()),
    ("numbers.stocked", _("Numbers taken into stock"), "stock", ()),
    ("line.refused", _("Line refused"), "application", ()),
):
    register(EventType(name=_name, label=_label, subject=_subject, personal=_personal))
