"""What may go wrong in this stage; each with a code and a sentence for the person."""

from django.utils.translation import gettext_lazy as _

from realname.errors import Refusal
from realname.ids.errors import InvalidInput

MESSAGES = {
    "application_closed": _("This application can no longer be changed."),
    "application_incomplete": _("Some parts of your application are still missing."),
    "consent_missing": _("Please agree to the terms and to the processing of your identity data first."),
    "face_consent_missing": _("Please agree to the processing of your face data, or choose the way without face recognition."),
    "code_wrong": _("This code is not right. Please check it and try again."),
    "code_digits": _("The code has six digits. Please enter them as in the message."),
    "code_expired": _("This code has expired. Please ask for a new one."),
    "code_used": _("This code has already been used. Please ask for a new one."),
    "code_locked": _("Too many wrong codes. Please wait 15 minutes and ask for a new one."),
    "code_too_soon": _("A code was sent less than a minute ago. Please wait a moment before asking for another."),
    "code_too_many": _("Too many codes were sent to this number or from this place. Please try again in an hour."),
    "phone_of_application": _("This number was proven already, as the one of this application. Please give your own."),
    "phone_not_shared": _("This number becomes the line of the person you act for. Please give one of your own."),
    "no_call": _("A call can not be made now. Please wait a moment for the message, or ask for another code."),
    "number_registered": _("This number is already registered under a real name."),
    "line_limit": _("You already hold as many numbers with us as the law allows."),
    "number_in_application": _("Another application for this number is on its way. Only one can be."),
    "review_requested_before": _("You asked for a review before, and a person has decided. You can apply again."),
    "resume_wrong": _("These are not the last six characters of the ID number in the application. Please check them and try again."),
    "resume_locked": _("Too many wrong answers. Please wait 15 minutes and try again."),
    "resume_over": _("There is nothing to take up again. Please ask for a new code."),
    "details_contradict": _("This does not agree with the ID number. Please compare both with your document."),
    "not_of_document": _("Your document has no such side or page. Please open the page of the photographs again."),
    "document_unknown": _("Please choose one of the documents on the list."),
    "captures_too_many": _("You sent too many files of this kind. Please go on with what we have, or visit a shop."),
    "too_many_requests": _("Too many requests came from your network. Please wait an hour and try again."),
    "too_busy": _("Many photographs are arriving at this moment. Please send yours again in a few seconds."),
    "not_stored": _("We could not keep this file: our storage is full or does not answer. Please send it again in a few minutes."),
    "too_large": _("The file is too large. Please send one of at most 20 MB."),
    "body_too_large": _("The request is longer than 256 kB. Send files as multipart/form-data, and nothing that was not asked for."),
    "not_a_video": _("This file is not a video that we can play. Please send an MP4, MOV or WebM file."),
    "challenge_over": _("This took too long, or the page was opened again. Please begin anew."),
    "challenge_too_fast": _("The film is longer than the time since you were asked. Please begin anew."),
    "challenge_empty": _("No film arrived. Please try again, or choose a video file."),
    "challenges_too_many": _("You tried this too often. Please use the way without face recognition, or visit a shop."),
    "film_sent_before": _("You sent this very film before. It can not show what you are asked for now: please record a new one."),
    "digits_over": _("The digits have expired. Please record your video again with the new ones."),
    "number_taken": _("Somebody else was quicker, or this number is not in our stock. Please choose another one."),
    "numbers_hoarded": _("Numbers are kept for other applications from this device or network. Finish one of them, or try later."),
    "choices_too_many": _("You chose many numbers within an hour. Please take one of them, or try again in an hour."),
    "number_gone": _("The number you chose is no longer kept for you. Please choose again."),
    "own_number_taken": _("The number you proved can not be registered at this time. Please choose a new number."),
    "stock_not_readable": _("This is no list of numbers. Please send a CSV file in UTF-8 with one number in the first column of each row."),
    "stock_range": _("A range has a first and a last number of one segment, at most 100,000 apart."),
    "stock_too_large": _("This list is too long. Please send at most 100,000 numbers at once."),
    "under_age": _("Who is that young registers with a guardian: a parent, or whoever has custody."),
    "not_a_minor": _("A guardian registers minors only. Who is 18 registers themselves, or with an agent."),
    "representative_not_adult": _("Who acts for somebody else must be 18 or older."),
    "same_person": _("Both documents have the same number. They must be of two people."),
    "represented_consent_missing": _("Please agree to the processing of the data of the person you act for."),
    "sign_in_over": _("This sign-in has taken too long. Please begin again."),
    "identity_wrong": _("These are not the last six characters of your ID number. Please check them and try again."),
    "identity_locked": _("Too many wrong answers. Please wait 15 minutes and begin again."),
    "factor_wrong": _("This code is not right, or was used before. Wait for the next one and enter it."),
    "factor_locked": _("Too many wrong codes. Please wait 15 minutes and try again."),
    "passkey_refused": _("This passkey was not accepted. Try again, or sign in with a code."),
    "passkeys_too_many": _("You have as many passkeys as an account can hold. Remove one first."),
    "factor_needs_account": _("This is possible once your identity is verified."),
    "account_guarded": _(
        "This is closed for now, since you told us that somebody else was in your account. Call us or visit a shop to open it sooner."
    ),
    "frozen_by_law": _("Your last line has ended: the law lets us only store your data now. They can be used again once you have a line."),
    "exports_too_many": _("You have asked for several copies today. Please ask again tomorrow."),
    "export_over": _("This copy was taken already, or its time is over. Please ask for a new one."),
    "rights_over": _("This request is answered already, or was withdrawn."),
    "rights_reason_missing": _("A refusal needs its reason, and words that the person understands."),
    "rights_kept_by_law": _("The law requires these data to be kept: deletion can not be granted yet."),
    "rights_not_allowed": _("Only compliance answers requests about personal data."),
    "shop_clerks_only": _("Only a clerk helps people in a shop."),
    "shop_device_unknown": _("This device is not enrolled in a shop. Ask for an enrolment code and enter it here."),
    "shop_not_posted": _("You do not work in the shop of this device today. Ask whoever keeps the shop's staff list."),
    "dealer_suspended": _("Your dealer is suspended. What people have begun is kept: they can go on online or with another dealer."),
    "dealer_without_contract": _("Your dealer has no contract in force. What people have begun is kept: they can go on online."),
    "shop_keepers_only": _("This device is not yours to make or to revoke. Ask an administrator."),
    "shop_code_wrong": _("This code enrols no device of your shop: it is wrong, used or expired. Ask for a new one."),
    "dealer_compliance_only": _("Only compliance suspends and reinstates dealers."),
    "shop_closed": _("This shop is closed. What people have begun is kept: they can go on online or in another shop."),
    "shop_sales_only": _("Only a sales manager keeps dealers, shops and who works there."),
    "dealer_known": _("There is a dealer of this name already. Open its page, or give another name."),
    "shop_known": _("This dealer has a shop of this name already. Open its page, or give another name."),
    "days_in_order": _("The last day lies before the first. Give the days in their order."),
    "posting_clerks_only": _("Only a clerk whose account is active can work in a shop."),
    "posting_meets": _("This clerk is posted to the shop on some of these days already. End that posting first, or give other days."),
    "dealer_reason": _("Choose a reason that fits."),
    "visit_unknown": _("There is no application with this reference that waits for a visit. Check the reference with the person."),
    "visit_wrong": _("The document shown is not the one in the application. Check the last six characters of its number."),
    "visit_locked": _("Too many wrong answers for this application. Wait 15 minutes and try again."),
    "hold_not_allowed": _("Only compliance places and lifts legal holds, and confirms the clock of the erasure."),
    "hold_incomplete": _("A legal hold needs its reason and the reference of the authority."),
    "hold_over": _("This legal hold would be over already. Please give a later day."),
    "hold_reason_missing": _("Please say why: it stands in the record for good."),
    "hold_nothing_left": _("The data of this person are erased already: there is nothing left to hold."),
    "hold_not_found": _("There is no such application or person. Check the reference."),
    "hold_no_line": _("This application has no line."),
    "filing_not_allowed": _("Only compliance records the filing of face data."),
    "filing_incomplete": _("A filing needs its authority, its number and the reference of the impact assessment."),
    "filing_day": _("A filing is recorded with the day it was made: not one to come, and none of more than a year ago."),
    "hold_second_person": _("Who placed a legal hold does not lift it: ask another compliance officer."),
    "rights_legal_hold": _("The data are under a legal hold: deletion can not be granted until it is lifted."),
    "consent_busy": _("Your application is changing at this moment. Please try again in a minute."),
    "notice_other": _("The text that was agreed to is not the present one in this language. Please show the present one and ask again."),
    "step_out_of_order": _("Something that comes before this step is still missing."),
    "phone_not_proven": _("Please prove the phone number first."),
    "path_without_face": _("This application goes the way without face recognition."),
    "path_with_face": _("This application goes the way with the face: no video statement is needed."),
    "device_missing": _("The request does not say from which device it comes."),
    "key_missing": _("This request needs an Idempotency-Key of 16 to 64 letters, digits, hyphens or underscores."),
    "key_reused": _("This Idempotency-Key was used for another request."),
    "key_busy": _("The same request is being answered at this moment. Please ask again in a second."),
    "not_found": _("There is nothing here, or it is not yours."),
    "client_refused": _("The app could not be let in: its token is missing, over or not good for this."),
    "method_refused": _("This can not be done here."),
    "not_readable": _("The request could not be read."),
    "media_type_refused": _("The request is of a type that is not read here."),
    "bulk_not_allowed": _("Only a clerk for organisations takes in lists of people, each their own."),
    "bulk_same_file": _("This file was taken in for this organisation already. Its report says what became of each row."),
    "bulk_over": _("This list is confirmed, worked through or cancelled already."),
    "invitation_over": _("This invitation was answered already, or its time is over. You can still apply by yourself."),
    "invited_other": _(
        "These details are not those of the person who was invited with this phone number. Enter your own as on your ID card; "
        "if you were not meant, withdraw this application and begin one of your own."
    ),
    "organisation_clerks_only": _("Only a clerk for organisations does this."),
    "organisation_reviewers_only": _("Only a reviewer judges an organisation."),
    "organisation_own": _("Who entered an organisation does not judge it: ask a reviewer who did not."),
    "organisation_name": _("Please enter the name of the organisation as on its licence, at most 120 characters."),
    "organisation_known": _("An organisation with this code is registered already, or waits for review."),
    "organisation_papers": _("Licence, letter of authorisation and every side of the agent's document must be photographed first."),
    "organisation_closed": _("The papers of this organisation were judged: they can no longer be changed."),
    "organisation_paper_unknown": _("The agent's document has no such side or page."),
    "organisation_reason": _("Choose a reason that fits."),
    "organisation_unseen": _("Look at every photograph first."),
    "organisation_not_approved": _("The organisation is not approved, or suspended: no line of it can be activated now."),
    "organisation_rests": _(
        "Your organisation can have no new line at this time. What you entered is kept: ask whoever handles its lines there, and go on "
        "once they tell you so. You can also withdraw this application and apply in your own name."
    ),
    "organisation_address": _("Please enter the address of the organisation as on its licence, at most 200 characters."),
    "organisation_own_limit": _("Enter a whole number from 1 to 1,000,000, or leave it empty."),
    "organisation_over": _("This organisation is rejected or has ended: enter it anew."),
    "organisation_correction_open": _("A correction of this organisation waits for review: it is judged or withdrawn first."),
    "organisation_correction_papers": _("Every paper that proves the correction must be photographed first."),
    "organisation_nothing_different": _("Nothing here differs from what stands. Change something, or choose a paper to photograph anew."),
    "organisation_same_agent": _("Who acts for it from now on? Enter the name and number of the new agent's document."),
    "organisation_line": _("This line has ended, or is not one of this organisation."),
    "organisation_line_promised": _("Another application that takes this line over is on its way."),
    "organisation_number_chosen": _("The person chose a number in this application: they choose to register their own first."),
    "organisation_same_user": _("This person is the user of the line already."),
    "number_of_organisation": _("You get the number of a line of your organisation: no other can be chosen in this application."),
    "organisation_limit": _("The organisation holds as many lines as it may."),
    "organisation_application": _("No application on its way has this reference and these last six characters of the ID number."),
    "iot_clerks_only": _("Only a clerk for organisations asks for lines of things and keeps them."),
    "iot_reviewers_only": _("Only a reviewer judges lines of things."),
    "iot_own": _("Who asked for these lines does not judge them: ask a reviewer who did not."),
    "iot_second_person": _("You approved this use already: it needs another reviewer."),
    "iot_critical": _("The risk of this use is critical: it can only be rejected."),
    "iot_nothing_left": _("At this risk neither voice nor text messages are granted, and no data are asked for: reject it."),
    "iot_changed": _("Its assessment has another result now. Look at it again before you judge."),
    "iot_organisation": _("The organisation is not approved, or suspended: it gets no lines of things now."),
    "iot_responsible": _("No line in use came of an application with this reference and these last six characters of the ID number."),
    "iot_words": _("This has hidden characters in it. Type it again instead of pasting it."),
    "iot_limits": _("Ask for voice, text messages or data: a line that may do nothing is not needed."),
    "iot_list_missing": _("List the numbers it may call or write to, each on a line of its own, at most 50."),
    "iot_list_number": _("A number of the list can not be one. Mobile, fixed and service numbers of the mainland can be listed."),
    "iot_list_without_grant": _("Numbers are listed for what is not asked for. Leave the list empty, or ask for it."),
    "iot_data": _("Data need an access point (APN) and a number of megabytes a month, and neither without the other."),
    "iot_apn": _("An access point (APN) has letters, digits, hyphens and dots, and begins and ends with a letter or digit."),
    "iot_hosts": _("An address is a host name such as data.example.com, or an IP address; at most 50 of them."),
    "iot_places": _("Name provinces or cities as in GB/T 2260, or by their codes, such as 广东省 or 440300; 全国 is all of the mainland."),
    "iot_tacs": _("Name at least one model by the first 8 digits of its IMEI, at most 50."),
    "iot_quantity": _("This is more lines than an organisation may hold, or none."),
    "iot_use_closed": _("This use is not approved: no line of it can be activated."),
    "iot_use_full": _("The use has as many lines as it was approved for."),
    "iot_organisation_full": _("The organisation holds as many lines of things as it may."),
    "iot_cards_none": _("List a card at least, and at most 200 at once, each on a line of its own."),
    "iot_card_form": _(
        "A line does not say what is needed: the IMEI where cards are bound to devices, and who uses it where lines are handed on."
    ),
    "iot_imei": _("An IMEI has 15 digits, and the last must fit the others. Compare it with the device."),
    "iot_imei_listed_twice": _("An IMEI is listed twice."),
    "iot_imei_taken": _("A device of the list has a line in use already."),
    "iot_imei_model": _("An IMEI is of no model of this use."),
    "iot_end_user": _(
        "Who uses a line is somebody verified with us, by reference and last six characters of the ID number, or an approved organisation, "
        "by its code."
    ),
    "iot_numbers_none": _("The stock has too few numbers for devices. An administrator takes more in."),
    "iot_line_over": _("This line has ended."),
    "iot_line_not_stopped": _("This line is neither restricted nor suspended."),
    "iot_recheck_open": _("A re-check of this line waits for a reviewer already."),
    "iot_recheck_statement": _("Say what happened and what was done, in 10 to 500 characters."),
    "iot_recheck_over": _("This re-check was judged already."),
    "iot_reason": _("Choose a reason that fits."),
    "fields_wrong": _("Some fields are missing or can not be what they should be."),
}


class RegistrationError(Refusal):
    """What this stage refuses."""

    messages = MESSAGES


class ApplicationClosed(RegistrationError):
    """The application is past the point where this may be done."""

    code = "application_closed"


class OrganisationRests(ApplicationClosed):
    """Its contracting party is suspended or over: what was entered is kept, and goes on once that is lifted."""

    def __init__(self) -> None:
        RegistrationError.__init__(self, "organisation_rests")


class ApplicationIncomplete(RegistrationError):
    """Parts are missing: `missing` names them (step names)."""

    code = "application_incomplete"

    def __init__(self, missing: list[str], code: str = "") -> None:
        super().__init__(code)
        self.missing = missing


class CodeRefused(RegistrationError):
    """A one-time code was not accepted or not sent."""


class NumberRegistered(RegistrationError):
    """The number is a live line already (P-REG-5)."""

    code = "number_registered"


class NumberInApplication(NumberRegistered):
    """Another application of the number is on its way (P-REG-5)."""

    code = "number_in_application"


class NumberNotKept(NumberRegistered):
    """The number chosen from the stock is not kept for this application any more."""

    code = "number_gone"


class ReservationRefused(RegistrationError):
    """A number was not reserved: taken, or too many are kept already."""


class StockRefused(RegistrationError):
    """What was sent is no list of numbers."""


class ReviewRefused(RegistrationError):
    """A review was demanded before, and is over (R-29)."""

    code = "review_requested_before"


class ResumeRefused(RegistrationError):
    """The application of the number was not handed over."""


class DetailsContradict(RegistrationError):
    """Birth or sex differ from what the ID number says: `fields` names which."""

    code = "details_contradict"

    def __init__(self, fields: list[str]) -> None:
        super().__init__()
        self.fields = fields


class DocumentUnknown(RegistrationError):
    """No type of document has this code."""

    code = "document_unknown"


class DetailInvalid(RegistrationError):
    """What was entered in `field` can not be what that field holds."""

    def __init__(self, field: str, invalid: InvalidInput) -> None:
        self.messages = invalid.messages  # what the field's own rule says
        super().__init__(invalid.code)
        self.field = field


class LineLimitReached(RegistrationError):
    """One more line would exceed the person's limit (R-13)."""

    code = "line_limit"


class OrganisationRefused(RegistrationError):
    """Something of an organisation, or of a line of it, can not be done."""


class ChallengeRefused(RegistrationError):
    """The answer is not one to a challenge that is still open, or no more are issued."""


class CaptureRefused(RegistrationError):
    """A file can't be a photograph or video of what was asked for."""


class HoldRefused(RegistrationError):
    """A legal hold can not be placed or lifted so, or the clock not confirmed."""


class FilingRefused(RegistrationError):
    """A filing of face data can not be recorded so."""


class AccountRefused(RegistrationError):
    """Something in a person's account, or on the way into it, can not be done."""


class ShopRefused(RegistrationError):
    """Something in a shop, or about one, can not be done."""


class BulkRefused(RegistrationError):
    """Something about a list of people, or an invitation that came of it, can not be done."""


class IotRefused(RegistrationError):
    """Something of a use or of a line of things can not be done.

    `row` is the line of the list it is about, from 1; `field` what of a use, where the code alone does not say it.
    """

    def __init__(self, code: str, *, row: int | None = None, field: str = "") -> None:
        super().__init__(code)
        self.row, self.field = row, field
