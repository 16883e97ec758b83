"""Why a decision fell: every code with a text for the person (what to do now) and one for staff, and its class (P-VER-6)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from verification.reason import Cause, Reason
from verification.source_reasons import SOURCE_REASONS

_ALL = (
    Reason(
        "APPROVED", Cause.ROUTINE, _("Your identity is verified and your number is active."), _("All checks passed; risk is low or medium.")
    ),
    Reason(
        "PHOTO_UNUSABLE",
        Cause.USER_FIXABLE,
        _("A photograph of your document could not be used. Please take it again in even light, with all of it in the picture."),
        _("Document quality failed: see its findings."),
    ),
    Reason(
        "PHOTO_RECAPTURED",
        Cause.USER_FIXABLE,
        _("The picture seems to show a screen or a copy instead of your document. Somebody at the operator will look at it."),
        _("Document quality: recapture or photocopy cue. Compare texture, moiré and edges."),
    ),
    Reason(
        "DOCUMENT_UNREADABLE",
        Cause.USER_FIXABLE,
        _("We could not read your document. Please photograph it again, closer and without reflections."),
        _("OCR found no card of this side, or fields are missing."),
    ),
    Reason(
        "ZONE_UNREADABLE",
        Cause.USER_FIXABLE,
        _("We could not read the lines of letters and signs < on your document. Please photograph that page again, sharp and whole."),
        _("No machine-readable zone with right check digits was found."),
    ),
    Reason(
        "DOCUMENT_TO_JUDGE",
        Cause.ROUTINE,
        _("With this kind of document, somebody at the operator looks at it: normally within one working day."),
        _("Machines cannot judge this kind of document wholly: see the findings, and compare by eye."),
    ),
    Reason(
        "REPRESENTATION_TO_JUDGE",
        Cause.ROUTINE,
        _("Where somebody acts for another, a member of staff looks at both documents and the proof: normally within one working day."),
        _("Two people: judge the proof that the one may act for the other, and compare both documents with it."),
    ),
    Reason(
        "NO_RIGHT_TO_ACT",
        Cause.MISMATCH,
        _("What you sent does not show that you may act for the person. You may apply again with other proof, or visit a shop together."),
        _("A reviewer judged that the proof of guardianship or authorisation does not hold (R-03, R-12)."),
    ),
    Reason(
        "VALIDITY_UNUSUAL",
        Cause.MISMATCH,
        _("The dates on your document need a look by somebody at the operator."),
        _("By its rules, a document of this kind is not issued for this span of time: see the check. Suspect an altered one."),
    ),
    Reason(
        "DOCUMENT_EXPIRED",
        Cause.USER_FIXABLE,
        _("Your document has expired. Please renew it and apply again with the new one."),
        _("The validity read from the document, or entered, lies in the past."),
    ),
    Reason(
        "DOCUMENT_NOT_YET_VALID",
        Cause.MISMATCH,
        _("The dates on your document need a look by somebody at the operator."),
        _("The validity begins in the future, or its dates contradict each other or the holder's age."),
    ),
    Reason(
        "NUMBER_INVALID",
        Cause.MISMATCH,
        _("The number on this document is not a valid one. If you think this is wrong, ask for a review by a person."),
        _("The ID number fails GB 11643 (check digit, date or region). Suspect an altered card."),
    ),
    Reason(
        "FIELDS_DIFFER",
        Cause.MISMATCH,
        _("What you entered differs from what is printed on your document. Somebody at the operator will compare them."),
        _("Entered against OCR: see the fields that differ."),
    ),
    Reason(
        "FIELDS_UNCERTAIN",
        Cause.OUR_FAULT,
        _("Somebody at the operator will compare your document with what you entered."),
        _("OCR read a field with too little confidence to compare it."),
    ),
    Reason(
        "PHONE_UNPROVEN",
        Cause.USER_FIXABLE,
        _("The code sent to your phone has not been confirmed."),
        _("Phone possession is not proven for this round."),
    ),
    Reason(
        "FACE_MISMATCH",
        Cause.MISMATCH,
        _("The face in your selfie does not match the portrait on the document. If it is you, ask for a review by a person."),
        _("Face match below the review threshold."),
    ),
    Reason(
        "FACE_UNCERTAIN",
        Cause.MISMATCH,
        _("Somebody at the operator will compare your selfie with your document."),
        _("Face match between the review and the match threshold."),
    ),
    Reason(
        "FACE_NOT_FOUND",
        Cause.USER_FIXABLE,
        _("We found no face in your selfie. Please take it again, in even light, looking at the camera."),
        _("No face was found in the selfie."),
    ),
    Reason(
        "SEVERAL_FACES",
        Cause.USER_FIXABLE,
        _("There is more than one face in your selfie. Please take it again, alone."),
        _("Several faces of similar size in the selfie: it is unclear who is meant, nothing was compared."),
    ),
    Reason(
        "PRINTED_FACE",
        Cause.USER_FIXABLE,
        _("There is a picture of a face beside yours in the selfie. Please take it again with nothing but yourself in it."),
        _("A live face and a picture of a face are seen together in the selfie: nothing was compared."),
    ),
    Reason(
        "PORTRAIT_NOT_FOUND",
        Cause.USER_FIXABLE,
        _("We could not see the portrait on your document. Please photograph that side again, without reflections or fingers on it."),
        _("No face found on the portrait side of the document."),
    ),
    Reason(
        "SAME_PICTURE",
        Cause.MISMATCH,
        _("Your selfie seems to be the same picture as the one on your document. Somebody at the operator will look at it."),
        _("Selfie and card portrait are too much alike for two photographs: suspect one picture used twice."),
    ),
    Reason(
        "SELFIE_UNUSABLE",
        Cause.USER_FIXABLE,
        _("Your selfie could not be used. Please take a new one with the phone's camera, alone and in even light."),
        _("The selfie is unfit to be compared: see its findings."),
    ),
    Reason(
        "DETAILS_TO_CHECK",
        Cause.USER_FIXABLE,
        _("Some of your details differ from your document. Please compare them and send them again."),
        _("The details entered differ from the document: the person corrects them."),
    ),
    Reason(
        "RECORD_DIFFERS",
        Cause.MISMATCH,
        _("The identity authority's record differs from your details. You may visit a shop with your original document."),
        _("A reviewer judged that the authority's record speaks against the application."),
    ),
    Reason(
        "LIVENESS_FAILED",
        Cause.MISMATCH,
        _("Your selfie looks like a picture of a picture. Somebody at the operator will look at it."),
        _("Passive liveness failed (model, screen ripple or a card in the picture: see its findings): it vetoes the face match."),
    ),
    Reason(
        "CHALLENGE_NOT_DONE",
        Cause.USER_FIXABLE,
        _("We did not see all the movements we asked for. Somebody at the operator will look at your film."),
        _("Active liveness: a step is missing, out of order, at another time, or others were done: see its findings. It vetoes the match."),
    ),
    Reason(
        "CHALLENGE_REPLAYED",
        Cause.MISMATCH,
        _("Your film was not made just now. Somebody at the operator will look at it."),
        _("Active liveness: frames of another answer, or longer than since it was asked: suspect a recording. It vetoes the match."),
    ),
    Reason(
        "CHALLENGE_SPLICED",
        Cause.MISMATCH,
        _("Your film was not taken in one go. Somebody at the operator will look at it."),
        _("Active liveness: frames stand still, come back, or there is a cut. Suspect a made-up film. It vetoes the match."),
    ),
    Reason(
        "CHALLENGE_SWAPPED",
        Cause.MISMATCH,
        _("Your film does not show one and the same face all the way. Somebody at the operator will look at it."),
        _("Active liveness: the face changes, leaves, or is not alone. It vetoes the match."),
    ),
    Reason(
        "CHALLENGE_OTHER_FACE",
        Cause.MISMATCH,
        _("The face in your film does not match your selfie. Somebody at the operator will compare them."),
        _("Active liveness: the face of the movements is not that of the selfie. It vetoes the match."),
    ),
    Reason(
        "CHALLENGE_CARD_DIFFERS",
        Cause.MISMATCH,
        _("The face in your film does not match the portrait on your document. Somebody at the operator will compare them."),
        _("Active liveness: done by the person of the selfie, whose face is below the review threshold to the document."),
    ),
    Reason(
        "CHALLENGE_NOT_COMPARED",
        Cause.OUR_FAULT,
        _("Somebody at the operator will compare your film with your selfie and your document."),
        _("Active liveness: the movements were done, but selfie or card show no single face to compare."),
    ),
    Reason(
        "CHALLENGE_UNREADABLE",
        Cause.USER_FIXABLE,
        _("Your film could not be opened. Please do the movements once more."),
        _("Active liveness: the video could not be decoded."),
    ),
    Reason(
        "CHALLENGE_MISSING",
        Cause.ROUTINE,
        _("Somebody at the operator will look at your application."),
        _("Active liveness: no movements were asked for when this application was handed in. Judge without them."),
    ),
    Reason(
        "LINE_LIMIT",
        Cause.MISMATCH,
        _("You already hold as many numbers with us as the law allows. Give one up, then apply again."),
        _("The person's line limit is reached (R-13)."),
    ),
    Reason(
        "ORGANISATION_NOT_APPROVED",
        Cause.ROUTINE,
        _(
            "Your organisation can have no new line at this time. Your application is kept and goes on once it can: ask whoever handles "
            "its lines there, or withdraw it and apply in your own name."
        ),
        _("The contracting party is suspended: approve once it is reinstated, or reject for another reason."),
    ),
    Reason(
        "ORGANISATION_LIMIT",
        Cause.MISMATCH,
        _("Your organisation holds as many lines as it may. Ask whoever handles its lines there, or apply in your own name."),
        _("The organisation's line limit is reached."),
    ),
    Reason(
        "ALREADY_REGISTERED",
        Cause.MISMATCH,
        _("This number is already registered under a real name, or can not be given out at this time."),
        _("The number is a live line, in quarantine, or kept for another application."),
    ),
    Reason(
        "STATEMENT_TO_JUDGE",
        Cause.ROUTINE,
        _("Somebody at the operator will watch your video statement. No face recognition is used."),
        _("Face-free path (R-33): watch the statement and compare by eye."),
    ),
    Reason(
        "SHOP_VISIT",
        Cause.ROUTINE,
        _("Please visit one of our shops with your document. No face recognition is used."),
        _("Face-free path (R-33): approve after the shop has seen person and card."),
    ),
    Reason(
        "RISK_HIGH",
        Cause.ROUTINE,
        _("Your application needs a look by somebody at the operator."),
        _("The risk grade asks for a review: see its reasons."),
    ),
    Reason(
        "NOT_CHECKED",
        Cause.OUR_FAULT,
        _("A check could not be done because of a fault on our side. Somebody at the operator takes over."),
        _("A check ended in error. It is not held against the person; judge by the evidence."),
    ),
    Reason(
        "REVIEW_REQUESTED",
        Cause.ROUTINE,
        _("You asked that a person decides. Somebody at the operator will."),
        _("The person demanded a human decision (R-29)."),
    ),
    Reason(
        "DOCUMENT_NOT_GENUINE",
        Cause.MISMATCH,
        _("The document shown cannot be accepted. You may visit a shop with your original document."),
        _("A reviewer judged the document altered, copied or another person's (R-05)."),
    ),
    Reason(
        "NOT_THE_HOLDER",
        Cause.MISMATCH,
        _("You could not be recognised as the holder of the document. You may visit a shop with your original document."),
        _("A reviewer judged that the applicant is not the holder (R-05)."),
    ),
    Reason(
        "COMPARED_BY_EYE",
        Cause.ROUTINE,
        _("Somebody at the operator compared your evidence and confirmed your identity."),
        _("Photographs, person and fields were compared by eye and agree: the check was mistaken."),
    ),
    Reason(
        "CLEARED_UP",
        Cause.ROUTINE,
        _("Somebody at the operator cleared up what was open and confirmed your identity."),
        _("Cleared up with the person or the source; the note says how."),
    ),
    Reason(
        "SEEN_IN_PERSON",
        Cause.ROUTINE,
        _("Somebody at the operator saw you and your document and confirmed your identity."),
        _("Person and original card were seen in a shop."),
    ),
)
REASONS: dict[str, Reason] = {reason.code: reason for reason in (*_ALL, *SOURCE_REASONS)}

# What a reviewer may give as the reason of a refusal.
REJECTION_CODES = (
    "DOCUMENT_NOT_GENUINE",
    "NOT_THE_HOLDER",
    "NO_RIGHT_TO_ACT",
    "DOCUMENT_EXPIRED",
    "NUMBER_INVALID",
    "RECORD_DIFFERS",
    "LINE_LIMIT",
)
# What a reviewer may give as the reason to approve although a check failed.
OVERRIDE_CODES = ("COMPARED_BY_EYE", "CLEARED_UP", "SEEN_IN_PERSON")
# Whoever finds these wrong wants a second reviewer who finds the same (P-VER-5): each says that the person or the card is not genuine.
FOUR_EYES = frozenset(
    {
        "AUTHORITY_MISMATCH",
        "AUTHORITY_NO_RECORD",
        "CHALLENGE_OTHER_FACE",
        "CHALLENGE_REPLAYED",
        "CHALLENGE_SPLICED",
        "CHALLENGE_SWAPPED",
        "FACE_MISMATCH",
        "FIELDS_DIFFER",
        "LIVENESS_FAILED",
        "MISMATCH_BOTH",
        "MISMATCH_ID",
        "MISMATCH_NAME",
        "PHOTO_RECAPTURED",
        "SAME_PICTURE",
    }
)


def for_person(codes: list[str]) -> list[Promise]:
    """The person's texts of these codes, in order."""
    return [REASONS[code].person for code in codes if code in REASONS]


def for_staff(codes: list[str]) -> list[Promise]:
    """Staff's texts of these codes, in order."""
    return [REASONS[code].staff for code in codes if code in REASONS]
