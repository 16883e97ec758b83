"""What this stage says."""

from django.utils.translation import gettext_lazy as _

from realname.trail import EventType, register

for _name, _label, _subject, _personal in (
    ("application.started", _("Application started"), "application", ()),
    ("consent.given", _("Consent given"), "application", ()),
    ("consent.withdrawn", _("Consent withdrawn"), "application", ()),
    ("representation.chosen", _("Who acts for the person chosen"), "application", ()),
    ("agent.over_limit", _("An agent acts for many people"), "application", ()),
    ("path.chosen", _("Way of verification chosen"), "application", ()),
    ("phone_code.requested", _("Phone code requested"), "application", ()),
    ("phone_code.sent", _("Phone code sent"), "application", ()),
    ("phone_code.arrived", _("Phone code arrived"), "application", ()),
    ("phone_code.failed", _("Phone code did not arrive"), "application", ()),
    ("phone_code.called", _("Voice call asked for"), "application", ()),
    ("phone_code.issued_on_paper", _("Phone code handed over on paper"), "application", ()),
    ("phone_code.refused", _("Phone code refused"), "application", ()),
    ("phone.proven", _("Phone possession proven"), "application", ()),
    ("representative_phone.proven", _("Phone possession of who acts proven"), "application", ()),
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
    ("sign_in_code.requested", _("Sign-in code requested"), "person", ()),
    ("sign_in_code.sent", _("Sign-in code sent"), "person", ()),
    ("sign_in_code.called", _("Voice call with a sign-in code made"), "person", ()),
    ("sign_in_code.arrived", _("Sign-in code arrived"), "person", ()),
    ("sign_in_code.failed", _("Sign-in code did not arrive"), "person", ()),
    ("sign_in_code.refused", _("Sign-in code refused"), "person", ()),
    ("sign_in_code.accepted", _("Sign-in code entered right"), "person", ()),
):
    register(EventType(name=_name, label=_label, subject=_subject, personal=_personal))

# retention
for _name, _label, _subject in (
    ("retention.erased", _("Data erased whose time was over"), "retention_run"),
    ("retention.run", _("Rule of retention run"), "retention_run"),
    ("retention.stopped", _("Erasure stopped: the clock leapt ahead"), "retention_stop"),
    ("retention.confirmed", _("Clock of the erasure confirmed"), "retention_stop"),
    ("retention.clock_refused", _("Clock of the erasure said to be wrong"), "retention_stop"),
    ("face_filing.due", _("Filing of face data due"), "face_filing"),
    ("face_filing.filed", _("Filing of face data recorded"), "face_filing"),
    ("legal_hold.placed", _("Legal hold placed"), "legal_hold"),
    ("legal_hold.lifted", _("Legal hold lifted"), "legal_hold"),
):
    register(EventType(name=_name, label=_label, subject=_subject))

# the person's account
for _name, _label, _subject in (
    ("account.sign_in_begun", _("Sign-in to the account begun"), "sign_in_attempt"),
    ("account.call_asked", _("Call with a sign-in code asked for"), "sign_in_attempt"),
    ("account.sign_in_refused", _("Sign-in to the account refused"), "sign_in_attempt"),
    ("account.passkey_refused", _("Passkey refused"), "passkey"),
    ("account.signed_in", _("Signed in to the account"), "sign_in"),
    ("account.signed_out", _("Signed out of the account"), "sign_in"),
    ("account.disowned", _("Sign-in reported as somebody else's"), "sign_in"),
    ("account.settings_changed", _("Language or type size of the account changed"), "person"),
    ("second_factor.added", _("Second factor of the account added"), "person"),
    ("second_factor.removed", _("Second factor of the account removed"), "person"),
    ("notice.told", _("Notice sent to the phone"), "inbox_notice"),
    ("notice.untold", _("Notice could not be sent to the phone"), "inbox_notice"),
    ("line.number_shown", _("Number of a line shown to its holder"), "line"),
    ("export.requested", _("Copy of personal data requested"), "data_export"),
    ("export.made", _("Copy of personal data made"), "data_export"),
    ("export.taken", _("Copy of personal data taken"), "data_export"),
    ("export.ended", _("Copy of personal data erased"), "data_export"),
    ("rights.requested", _("Request about personal data received"), "rights_request"),
    ("rights.answered", _("Request about personal data answered"), "rights_request"),
    ("rights.withdrawn", _("Request about personal data withdrawn"), "rights_request"),
    ("rights.read", _("Request about personal data read"), "rights_request"),
    ("person.frozen", _("Data of a person frozen"), "person"),
    ("person.unfrozen", _("Data of a person no longer frozen"), "person"),
):
    register(EventType(name=_name, label=_label, subject=_subject))

# shops
for _name, _label, _subject in (
    ("dealer.signed", _("Dealer under contract"), "dealer"),
    ("dealer.suspended", _("Dealer suspended"), "dealer"),
    ("dealer.reinstated", _("Dealer reinstated"), "dealer"),
    ("shop.opened", _("Shop opened"), "shop"),
    ("dealer.renewed", _("Dealer's contract given new terms"), "dealer"),
    ("shop.moved", _("Address of a shop changed"), "shop"),
    ("shop.closed", _("Shop closed"), "shop"),
    ("shop.reopened", _("Shop opened again"), "shop"),
    ("clerk.recalled", _("Clerk's work in a shop ended at once"), "shop"),
    ("clerk.posted", _("Clerk posted to a shop"), "shop"),
    ("shop_device.offered", _("Enrolment code for a device made"), "shop_device"),
    ("shop_device.enrolled", _("Device of a shop enrolled"), "shop_device"),
    ("shop_device.revoked", _("Device of a shop revoked"), "shop_device"),
    ("application.assisted", _("Application in the hands of a clerk"), "application"),
    ("application.witnessed", _("Clerk saw person and document"), "application"),
    ("visit.photographed", _("Document photographed by a clerk on a visit"), "application"),
    ("visit.refused", _("Document shown in a shop is another"), "application"),
):
    register(EventType(name=_name, label=_label, subject=_subject))
# apps of the operator that may register people
for _name, _label in (("api_client.added", _("App let in")), ("api_client.revoked", _("App shut out"))):
    register(EventType(name=_name, label=_label, subject="api_client"))
# lists of many people
for _name, _label, _subject in (
    ("bulk_import.uploaded", _("List of people uploaded"), "bulk_import"),
    ("bulk_import.confirmed", _("List of people confirmed"), "bulk_import"),
    ("bulk_import.taken_over", _("Rows of a list of people taken over"), "bulk_import"),
    ("bulk_import.cancelled", _("List of people cancelled"), "bulk_import"),
    ("bulk_import.done", _("List of people worked through"), "bulk_import"),
    ("bulk_import.report_taken", _("Report on a list of people taken"), "bulk_import"),
    ("bulk_row.invited", _("Person invited by an organisation"), "bulk_row"),
    ("bulk_row.accepted", _("Invitation of an organisation accepted"), "application"),
    ("bulk_row.reopened", _("Invitation of an organisation open again"), "bulk_row"),
    ("bulk_row.expired", _("Invitation of an organisation expired"), "bulk_row"),
    ("bulk_row.told", _("Invitation sent to the phone"), "bulk_row"),
    ("bulk_row.untold", _("Invitation could not be sent to the phone"), "bulk_row"),
):
    register(EventType(name=_name, label=_label, subject=_subject))
# organisations
for _name, _label, _subject in (
    ("organisation.registered", _("Organisation entered with its agent"), "organisation"),
    ("organisation.papers_kept", _("Paper of an organisation photographed"), "organisation"),
    ("organisation.opened", _("Agent's data of an organisation opened"), "organisation"),
    ("organisation.viewed", _("Paper of an organisation looked at"), "organisation"),
    ("organisation.approved", _("Organisation approved"), "organisation"),
    ("organisation.rejected", _("Organisation rejected"), "organisation"),
    ("organisation.suspended", _("Organisation suspended"), "organisation"),
    ("organisation.reinstated", _("Organisation reinstated"), "organisation"),
    ("organisation.named", _("Organisation named as contracting party"), "application"),
    ("organisation.correction_proposed", _("Correction of an organisation proposed"), "organisation"),
    ("organisation.correction_withdrawn", _("Correction of an organisation withdrawn"), "organisation"),
    ("organisation.correction_refused", _("Correction of an organisation refused"), "organisation"),
    ("organisation.corrected", _("Organisation corrected"), "organisation"),
    ("organisation.user_proposed", _("Line of an organisation to be given to another user"), "application"),
    ("organisation.user_replaced", _("Line of an organisation given to another user"), "line"),
    ("organisation.lines_shown", _("Lines of an organisation shown"), "organisation"),
):
    register(EventType(name=_name, label=_label, subject=_subject))
# lines of things
for _name, _label, _subject in (
    ("iot_use.asked", _("Lines of things asked for and their use assessed"), "iot_use"),
    ("iot_use.assessed", _("Use of lines of things assessed again, with another result"), "iot_use"),
    ("iot_use.first_approved", _("Use of lines of things approved by a first reviewer"), "iot_use"),
    ("iot_use.approved", _("Use of lines of things approved"), "iot_use"),
    ("iot_use.rejected", _("Use of lines of things rejected"), "iot_use"),
    ("iot_use.closed", _("Use of lines of things closed"), "iot_use"),
    ("iot_line.activated", _("Line of a thing activated"), "iot_line"),
    ("iot_line.limit_broken", _("Line of a thing went beyond its limits"), "iot_line"),
    ("iot_line.restricted", _("Line of a thing restricted"), "iot_line"),
    ("iot_line.suspended", _("Line of a thing suspended"), "iot_line"),
    ("iot_line.told", _("Who answers for a line of a thing was told"), "iot_line"),
    ("iot_line.untold", _("Who answers for a line of a thing could not be told"), "iot_line"),
    ("iot_line.recheck_asked", _("Re-check of a stopped line of a thing asked for"), "iot_line"),
    ("iot_line.recheck_refused", _("Re-check of a stopped line of a thing refused"), "iot_line"),
    ("iot_line.lifted", _("Stopped line of a thing lifted"), "iot_line"),
    ("iot_line.terminated", _("Line of a thing terminated"), "iot_line"),
):
    register(EventType(name=_name, label=_label, subject=_subject))
