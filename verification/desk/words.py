"""Codes of fields and findings in staff's words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registration.states import CaptureKind, ChallengeStep
from verification.sources.outcomes import Outcome as SourceOutcome

FIELDS: dict[str, Promise] = {
    "name": _("Name"),
    "other_name": _("Name in the other script"),
    "sex": _("Sex"),
    "ethnicity": _("Ethnicity"),
    "birth": _("Date of birth"),
    "address": _("Address"),
    "id_number": _("ID number"),
    "nationality": _("Nationality"),
    "issuing_state": _("Issuing state"),
    "authority": _("Issuing authority"),
    "valid_from": _("Valid from"),
    "valid_to": _("Valid to"),
    "phone": _("Phone number"),
    "chosen_number": _("New number"),
    "residence": _("Residence"),
    "email": _("E-mail"),
}
VALUES: dict[str, Promise] = {"male": _("Male"), "female": _("Female"), "long_term": _("Long-term")}
FINDINGS: dict[str, Promise] = {
    "blur": _("Blurred"),
    "glare": _("Glare"),
    "dark": _("Too dark"),
    "low_resolution": _("Too few pixels"),
    "cut_off": _("Not wholly in the picture"),
    "several_cards": _("Shows more than one card"),
    "recapture": _("Seems to show a screen or a print"),
    "dots": _("Shows the dots of a print or screen"),
    "lines": _("Shows the lines of a print or screen"),
    "rim": _("Seems to show a face within the rim of a sheet or screen"),
    "photocopy": _("Seems to be a photocopy"),
    "other_side": _("Shows the other side"),
    "not_a_document": _("Shows no ID card"),
    "side_front": _("Shows the portrait side"),
    "side_back": _("Shows the emblem side"),
    "side_other": _("Shows no ID card"),
    "no_zone": _("Machine-readable zone not read"),
    "not_in_registry": _("No registry can be asked about it"),
    "no_portrait": _("Shows no portrait"),
    "fields_by_eye": _("Nothing of it is read by a machine: compare each field"),
    "number_by_eye": _("Its number can only be judged by eye"),
    "valid_to_unusual": _("Valid for a span of time that is not issued"),
    "old_check_digit": _("Check digit of the older form does not fit"),
    "form": _("Not in the form of such a number"),
    "same_person": _("Both parties have the same ID number"),
    "small_child": _("The child is under 14: only their guardian can consent"),
    "age_gap_unlikely": _("Ages are unlikely for parent and child"),
    "addresses_differ": _("The addresses on the two documents differ"),
    "many_people": _("This agent acts for more people than allowed within a month"),
    "province": _("Unknown province"),
    "hk_macao": _("Not in the form of such a number"),
    "taiwan": _("Not in the form of such a number"),
    "number": _("Not in the form of such a number"),
    "permit": _("Number of a residence permit"),
    "no_permit": _("Not the number of a residence permit"),
    "foreign_permit": _("Number of a foreign permanent resident card"),
    "not_asked": _("Not asked: the number is not valid"),
    "valid_to_unread": _("End of validity not read"),
    "number_not_free": _("The number is in use, in quarantine or kept for another application"),
    "length": _("Wrong length"),
    "characters": _("Wrong characters"),
    "region": _("Unknown region"),
    "birth_date": _("Impossible date of birth"),
    "birth_in_future": _("Date of birth in the future"),
    "check_digit": _("Wrong check digit"),
    "no_face": _("No face"),
    "not_an_image": _("No picture"),
    "truncated": _("Did not arrive whole"),
    "too_many_pixels": _("Too many pixels"),
    "undecodable": _("A damaged or harmful file"),
    "too_small": _("A picture of too few pixels"),
    "turned_picture": _("Picture on its side or upside down"),
    "several_faces": _("Several faces"),
    "small_face": _("Face too small"),
    "document_shown": _("Shows an ID card instead of a person"),
    "same_picture": _("The same picture as on the card"),
    "turned_head": _("Head turned away"),
    "slanted_head": _("Head slanted"),
    "tipped_head": _("Head raised or lowered"),
    "dark_face": _("Face too dark"),
    "bright_face": _("Face too bright"),
    "uneven_light": _("Light and shade across the face"),
    "mouth_covered": _("Mouth or nose seems covered"),
    "eyes_covered": _("Eyes seem covered"),
    "second_face": _("A second, smaller face"),
    "printed_face": _("A picture of a face beside the person"),
    "not_looked_at": _("Could not be looked at by the machine"),
    "not_seen": _("not seen"),
    "too_early": _("before it was asked for"),
    "too_late": _("after it was asked for"),
    "step_missed": _("A movement is missing"),
    "wrong_order": _("Movements in another order"),
    "other_movement": _("Another movement than asked for"),
    "face_lost": _("The face leaves the picture"),
    "face_changed": _("The face changes"),
    "stale": _("Longer than the time since it was asked for"),
    "spliced": _("Not filmed in one go"),
    "frozen": _("The picture stands still"),
    "replayed": _("Frames that were sent before"),
    "too_few_frames": _("Film too short"),
    "too_long": _("Film too long"),
    "unreadable": _("File can not be opened"),
    "application_closed": _("The application was withdrawn meanwhile"),
    "reused": _("An answer given shortly before was used again"),
    "timeout": _("The source did not answer in time"),
    "network": _("The source could not be reached"),
    "busy": _("The source was busy"),
    "status_5xx": _("The source was out of order"),
    "breaker_open": _("The source was out of order and left alone for a while"),
    "crowded": _("Too many questions at the same time"),
    "budget": _("Our budget for the source was used up"),
    "quota": _("The source says that our quota is used up"),
    "pending": _("The source was still looking"),
    "signature": _("The source's answer was signed wrongly"),
    "too_large": _("The source's answer was too large"),
    "not_json": _("The source's answer could not be read"),
    "redirect": _("The source sent us elsewhere"),
    "outcome_unknown": _("The source's answer is none that we know"),
    "deadline_passed": _("Nobody could look at it in time"),
    "too_many_faults": _("The check failed on our side several times"),
}
# what is said of a field: "<field>_<suffix>"
ABOUT_FIELD: dict[str, Promise] = {
    "_differs": _("%(field)s differs"),
    "_doubtful": _("%(field)s read with doubt"),
    "_missing": _("%(field)s not read"),
    "_contradicts_number": _("%(field)s contradicts the ID number"),
}


def finding_in_words(code: str) -> str:
    """A finding's words; the bare code of one that has none yet."""
    where, colon, rest = code.partition(":")
    if colon and where in CaptureKind.values:
        return f"{CaptureKind(where).label}: {finding_in_words(rest)}"
    if colon and where in ChallengeStep.values:
        return f"{ChallengeStep(where).label}: {finding_in_words(rest)}"
    if code in FINDINGS:
        return str(FINDINGS[code])
    if code in SourceOutcome.values:
        return str(SourceOutcome(code).label)
    for suffix, words in ABOUT_FIELD.items():
        field = code.removesuffix(suffix)
        if field != code and field in FIELDS:
            return str(words) % {"field": FIELDS[field]}
    return code


def value_in_words(value: str) -> str:
    """A field's stored value as people say it."""
    return str(VALUES.get(value, value))
