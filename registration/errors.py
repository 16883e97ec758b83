"""What may go wrong in this stage; each with a code and a sentence for the person."""

from django.utils.translation import gettext_lazy as _

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
    "number_registered": _("This number is already registered under a real name."),
    "line_limit": _("You already hold as many numbers with us as the law allows."),
    "number_in_application": _("Another application for this number is on its way. Only one can be."),
    "review_requested_before": _("You asked for a review before, and a person has decided. You can apply again."),
    "resume_wrong": _("These are not the last six characters of the ID number in the application. Please check them and try again."),
    "resume_locked": _("Too many wrong answers. Please wait 15 minutes and try again."),
    "resume_over": _("There is nothing to take up again. Please ask for a new code."),
    "details_contradict": _("This does not agree with the ID number. Please compare both with your card."),
    "captures_too_many": _("You sent too many files of this kind. Please go on with what we have, or visit a shop."),
    "too_many_requests": _("Too many requests came from your network. Please wait an hour and try again."),
    "too_busy": _("Many photographs are arriving at this moment. Please send yours again in a few seconds."),
    "too_large": _("The file is too large. Please send one of at most 20 MB."),
    "not_a_video": _("This file is not a video that we can play. Please send an MP4, MOV or WebM file."),
    "challenge_over": _("This took too long, or the page was opened again. Please begin anew."),
    "challenge_too_fast": _("The film is longer than the time since you were asked. Please begin anew."),
    "challenge_empty": _("No film arrived. Please try again, or choose a video file."),
    "challenges_too_many": _("You tried this too often. Please use the way without face recognition, or visit a shop."),
    "film_sent_before": _("You sent this very film before. It can not show what you are asked for now: please record a new one."),
    "digits_over": _("The digits have expired. Please record your video again with the new ones."),
    "under_age": _("Applicants under 16 need a guardian. Please visit a shop together."),
}


class RegistrationError(Exception):
    """A refusal that the person can understand: `code` for machines, `message` for people."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def message(self) -> str:
        """The sentence for the person, in the current language."""
        return str(MESSAGES[self.code])


class ApplicationClosed(RegistrationError):
    """The application is past the point where this may be done."""

    def __init__(self) -> None:
        super().__init__("application_closed")


class ApplicationIncomplete(RegistrationError):
    """Parts are missing: `missing` names them (step names)."""

    def __init__(self, missing: list[str], code: str = "application_incomplete") -> None:
        super().__init__(code)
        self.missing = missing


class CodeRefused(RegistrationError):
    """A one-time code was not accepted or not sent."""


class NumberRegistered(RegistrationError):
    """The number is a live line already (P-REG-5)."""

    def __init__(self) -> None:
        super().__init__("number_registered")


class NumberInApplication(NumberRegistered):
    """Another application of the number is on its way (P-REG-5)."""

    def __init__(self) -> None:
        RegistrationError.__init__(self, "number_in_application")


class ReviewRefused(RegistrationError):
    """A review was demanded before, and is over (R-29)."""

    def __init__(self) -> None:
        super().__init__("review_requested_before")


class ResumeRefused(RegistrationError):
    """The application of the number was not handed over."""


class DetailsContradict(RegistrationError):
    """Birth or sex differ from what the ID number says: `fields` names which."""

    def __init__(self, fields: list[str]) -> None:
        super().__init__("details_contradict")
        self.fields = fields


class LineLimitReached(RegistrationError):
    """One more line would exceed the person's limit (R-13)."""

    def __init__(self) -> None:
        super().__init__("line_limit")


class ChallengeRefused(RegistrationError):
    """The answer is not one to a challenge that is still open, or no more are issued."""


class CaptureRefused(RegistrationError):
    """A file can't be a photograph or video of what was asked for."""
