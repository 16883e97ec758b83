"""What each outcome of the failure taxonomy means to the person (what to do now) and to staff (REQUIREMENTS, failure taxonomy).

To the person all mismatches read alike: whoever tries names under a number must not learn here which half of it was right.
"""

from django.utils.translation import gettext_lazy as _

from verification.reason import Cause, Reason

_NOT_CONFIRMED = _(
    "The identity authority's record does not confirm your details. You need do nothing now: somebody at the operator looks at it and "
    "tells you if anything is needed."
)

SOURCE_REASONS = (
    Reason("MISMATCH_NAME", Cause.MISMATCH, _NOT_CONFIRMED, _("The source knows the ID number under another name. Compare with the card.")),
    Reason("MISMATCH_ID", Cause.MISMATCH, _NOT_CONFIRMED, _("The source knows the name under another ID number. Compare with the card.")),
    Reason("MISMATCH_BOTH", Cause.MISMATCH, _NOT_CONFIRMED, _("Neither name nor ID number agrees with the source's record.")),
    Reason(
        "AUTHORITY_MISMATCH",
        Cause.MISMATCH,
        _NOT_CONFIRMED,
        _("The source says that the details do not match, and not which (or not whether it knows the person at all)."),
    ),
    Reason("AUTHORITY_NO_RECORD", Cause.MISMATCH, _NOT_CONFIRMED, _("The source has no record of this ID number.")),
    Reason(
        "NUMBER_RECYCLED",
        Cause.MISMATCH,
        _NOT_CONFIRMED,
        _("The source says that the phone number has passed to another person. Ask how the applicant came by it."),
    ),
    Reason(
        "NUMBER_INACTIVE",
        Cause.USER_FIXABLE,
        _(
            "The authority says that your phone number is not in use. If it is new, make one call with it; somebody "
            "at the operator looks at it."
        ),
        _("The source says that the phone number is not in use. Its possession was proven by code: ask the person."),
    ),
    Reason(
        "INPUT_INVALID_PHONE",
        Cause.USER_FIXABLE,
        _("The authority does not take your phone number as one. Somebody at the operator looks at it; you may apply again with another."),
        _(
            "The source refuses the phone number's form. Its possession was proven by code: suspect a new segment, or "
            "a fault at the source."
        ),
    ),
    Reason(
        "INPUT_INVALID_ID",
        Cause.USER_FIXABLE,
        _("The authority does not take your ID number as one. Please compare it with your ID card and send your details again."),
        _("The source refuses the ID number's form although its check digit is right."),
    ),
    Reason(
        "INPUT_INVALID_NAME",
        Cause.USER_FIXABLE,
        _(
            "The authority does not take your name as one. Please enter it exactly as on your ID card, without titles "
            "or spaces, and send it again."
        ),
        _("The source refuses the name's form: look for wrong characters, spaces or dots in it."),
    ),
    Reason(
        "SUBJECT_LOCKED",
        Cause.USER_FIXABLE,
        _("Your identity is locked against new registrations. If you locked it, unlock it; if not, call us. Nothing is lost meanwhile."),
        _("The person has locked their identity at the source. Do not approve before it is unlocked."),
    ),
    Reason(
        "TOO_NEW",
        Cause.SOURCE,
        _(
            "Your document is so new that the authority does not have it yet. This is not held against you; somebody "
            "at the operator looks at it."
        ),
        _("Too new for any source that was asked. Judge by the evidence, or ask again in a few days."),
    ),
    Reason(
        "UNSUPPORTED_SEGMENT",
        Cause.SOURCE,
        _("The authority can not look up your kind of number. This is not held against you; somebody at the operator looks at it."),
        _("No source that was asked covers this number segment."),
    ),
    Reason(
        "PORTED_RETRY_OTHER",
        Cause.SOURCE,
        _(
            "Your number came from another operator, who could not be asked. This is not held against you; somebody "
            "at the operator looks at it."
        ),
        _("The number was ported, and no other source that was asked knows it."),
    ),
    Reason(
        "SOURCE_BUSY",
        Cause.SOURCE,
        _(
            "The authority was too busy to answer in all the time we waited. This is not held against you; somebody "
            "at the operator takes over."
        ),
        _("Every source was busy until the deadline."),
    ),
    Reason(
        "SOURCE_DOWN",
        Cause.SOURCE,
        _("An outside service did not answer in time. This is not held against you; somebody at the operator takes over."),
        _("A source gave no usable answer before the deadline."),
    ),
    Reason(
        "SOURCE_CONFLICT",
        Cause.SOURCE,
        _("Two authorities answered differently about your details. This is not held against you; somebody at the operator clears it up."),
        _("The sources contradict each other: both answers stand side by side at the check. Clear it up with the sources."),
    ),
    Reason(
        "PENDING_REVIEW",
        Cause.SOURCE,
        _(
            "The authority was still looking at your details when our time to wait was over. Somebody at the operator "
            "takes over; you need do nothing."
        ),
        _("The source was still reviewing at the deadline. Ask it by its reference."),
    ),
    Reason(
        "QUOTA_PARTNER",
        Cause.OUR_FAULT,
        _("We have asked the authority as often as we may for now. This is our fault, not yours; somebody at the operator takes over."),
        _("Our budget or quota at the sources was used up until the deadline: raise it, or ask by hand."),
    ),
    Reason(
        "QUOTA_SUBJECT",
        Cause.OUR_FAULT,
        _("The authority was asked about this identity very often today, so we did not ask again. Somebody at the operator looks at it."),
        _("The day's budget of questions about one person is used up: nobody was asked. Somebody may be trying out this identity."),
    ),
    Reason(
        "CONSENT_MISSING",
        Cause.OUR_FAULT,
        _(
            "Without your consent to the processing of identity data we ask no authority about you. Give it again, or "
            "visit a shop with your ID card."
        ),
        _("The consent for identity data is missing or was withdrawn: nobody was asked."),
    ),
    Reason(
        "PORTRAIT_DIFFERS",
        Cause.MISMATCH,
        _("The identity authority could not recognise you in your selfie. Somebody at the operator compares it with your ID card."),
        _("The registry knows name and number, and says that the face is another's."),
    ),
    Reason(
        "LINES_ELSEWHERE",
        Cause.ROUTINE,
        _("You have many numbers with other operators. This is no refusal: somebody at the operator looks at your application."),
        _("Lines with other operators reach the policy's number (R-15): ask what they are for."),
    ),
)
