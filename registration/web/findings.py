"""What to say to a person about a photograph or file: what is wrong with it, and what to do now (P-REG-7)."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registration.errors import MESSAGES

# what the first look at a photograph finds
FINDINGS: dict[str, Promise] = {
    "blur": _("The photograph is blurred. Hold the phone still, wait until it is sharp, and take it again."),
    "glare": _("Light is reflected on the card. Tilt it a little or move away from the lamp, so that no white spot covers the text."),
    "dark": _("The photograph is too dark. Go to a brighter place, or turn on a light."),
    "low_resolution": _("The card is too small in the picture. Move closer, until it fills the frame."),
    "cut_off": _("A part of the card is outside the picture. Move back a little, until all four corners are seen."),
    "several_cards": _("There is more than one card in the picture. Photograph one side of one card at a time, with nothing beside it."),
    "recapture": _("The picture seems to be taken from a screen or a print. Photograph the card itself."),
    "photocopy": _("The picture seems to show a black-and-white copy. Photograph the original card."),
    "other_side": _("This is the other side of the card. Turn the card over and take the photograph again."),
    "not_a_document": _("We do not see a resident ID card in the picture. Lay the card on a plain, dark surface and take it again."),
    "no_zone": _(
        "We can not read the lines of letters and signs < in the picture. Photograph that page whole and sharp, without reflections."
    ),
    "no_face": _("We do not see a face in the picture. Hold the phone at the height of your eyes and look at the camera."),
    "turned_picture": _("The picture lies on its side or upside down. Hold the phone upright and take it again."),
    "several_faces": _("There is more than one face in the picture. Take it again, alone."),
    "document_shown": _("This shows your document. Please take a photograph of yourself."),
    "small_face": _("Your face is too small in the picture. Hold the phone closer."),
    "turned_head": _("Your head is turned to the side. Look straight at the camera."),
    "slanted_head": _("Your head is slanted. Hold your head and the phone upright."),
    "tipped_head": _("Your head is raised or lowered. Hold the phone at the height of your eyes."),
    "dark_face": _("Your face is too dark. Turn towards the light, or turn on a lamp in front of you."),
    "bright_face": _("Your face is too bright. Step out of the direct light."),
    "uneven_light": _(
        "Light and shade lie across your face. Turn away from the sun, from blinds or a lamp at your side, to even light, "
        "and take it again."
    ),
    "mouth_covered": _("Your mouth or nose seems to be covered. Take off the mask, and keep hands and scarf away from your face."),
    "eyes_covered": _("Your eyes seem to be covered. Take off sunglasses, and keep hair away from your eyes."),
    "second_face": _("Another face is seen in the picture, of a person or on a picture. Take it again with nothing but yourself in it."),
    "printed_face": _("A picture of a face is seen beside yours. Take it again with nothing but yourself in it."),
}
# what the first look at a film of movements finds
FINDINGS |= {
    "step_missed": _("We did not see all the movements. Do each one clearly and hold it for a second, while it is shown."),
    "wrong_order": _("The movements came in another order. Do them in the order in which they are shown."),
    "other_movement": _("We saw another movement than the ones asked for. Do only those, and look straight at the camera between them."),
    "face_lost": _("Your face left the picture. Keep it in the middle all the time."),
    "face_changed": _("The film does not show one and the same face all the time. Be alone, in even light, with nothing before your face."),
    "stale": _("The film is longer than the time since you were asked. Please begin anew."),
    "spliced": _("The film was not taken in one go. Film it again without a break, in one place."),
    "frozen": _("The picture stood still. Close other applications that use the camera, and film it again."),
    "replayed": _("This film was sent before. Please do the new movements before the camera."),
    "too_few_frames": _("The film is too short. Film all the movements, one after the other."),
    "too_long": _("The film is too long. It may last 20 seconds at most."),
    "unreadable": _("We could not open the film. Please film it again, or send another video file."),
}
FINDINGS["face_too_small"] = FINDINGS["small_face"]

# why a file can not be taken at all: the codes of realname.decoding.ImageRefused, and our own of uploads
REFUSALS: dict[str, Promise] = {
    "not_an_image": _("This file is not a photograph that we can open. Send a JPEG, PNG, WebP or HEIC picture."),
    "truncated": _("The photograph did not arrive whole. Please send it again, or take a new one."),
    "too_many_pixels": _("The photograph has too many pixels. Please send one of at most 40 megapixels."),
    "too_large": MESSAGES["too_large"],
    "animated": _("This is a moving picture. Please send a photograph."),
    "pdf": _("This is a PDF document. Please send a photograph of the card instead."),
    "too_small": _("The picture is too small to read anything in it. Please send the original photograph."),
    "undecodable": _("We could not open this photograph. Please take a new one with the camera, and send that."),
    "empty": _("The file is empty. Please choose another one."),
    "not_a_video": MESSAGES["not_a_video"],
}

UNKNOWN = _("This photograph can not be used. Please take it again.")


def sentence(code: str) -> Promise:
    """What to say about a finding or a refusal; a general sentence for a code nobody wrote one for."""
    return FINDINGS.get(code) or REFUSALS.get(code) or MESSAGES.get(code) or UNKNOWN


def sentences(codes: Iterable[str]) -> list[Promise]:
    """What to say about each finding, worst first as they come, none twice."""
    return list(dict.fromkeys(sentence(code) for code in codes))
