"""Forms of the choice of a document and of files."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from realname.ui.forms import MESSAGES as FORM_MESSAGES
from realname.ui.forms import Form
from realname.ui.widgets import CaptureInput
from registration import documents
from registration.documents.base import DocumentType, Image
from registration.web.findings import sentence

NO_VIDEO = _("Record or choose a video first.")


class UploadField(forms.FileField):
    """One file of at most `UPLOAD_MAX_BYTES`, cleaned to its bytes."""

    def __init__(self, **kwargs) -> None:
        super().__init__(error_messages={"empty": sentence("empty"), "invalid": sentence("empty"), "missing": sentence("empty")}, **kwargs)

    def clean(self, data: UploadedFile | None, initial: object = None) -> bytes:
        """The content. Raises ValidationError: none chosen, empty, too large."""
        file = super().clean(data, initial)
        # of a file that is too large only the size was kept
        if file.size > settings.UPLOAD_MAX_BYTES:
            raise ValidationError(sentence("too_large"), code="too_large")
        return file.read()


class VideoField(UploadField):
    """A film of oneself, by the camera or from a file."""

    def __init__(self, **kwargs) -> None:
        super().__init__(widget=forms.FileInput(attrs={"accept": "video/*", "capture": "user"}), **kwargs)
        self.error_messages["required"] = NO_VIDEO


class DocumentTypeForm(Form):
    """Which document the person registers with."""

    document_type = forms.ChoiceField(label=_("Your document"), widget=forms.RadioSelect)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document_type"].choices = [(one.code, _named(one)) for one in documents.types()]


def _named(document: DocumentType) -> str:
    """The type's name, and in small print who has it."""
    return format_html('{}<span class="field-hint"><br>{}</span>', document.label, document.holders)


class DocumentForm(Form):
    """A photograph of one side or page of the document."""

    photo = UploadField()

    def __init__(self, *args, image: Image, **kwargs) -> None:
        # several of these may be on one page
        super().__init__(*args, auto_id=f"{image.side}_%s", **kwargs)
        photo = self.fields["photo"]
        photo.widget = CaptureInput(facing="environment", outline=image.shape, attrs={"required": True})
        photo.label = image.label
        photo.error_messages["required"] = FORM_MESSAGES["required_photo"] % {"label": image.label}


class SelfieForm(Form):
    """A selfie."""

    photo = UploadField(label=_("Selfie"), widget=CaptureInput(facing="user", outline="face", attrs={"required": True}))


class ChallengeForm(Form):
    """The film of the movements asked for: a video, or the burst of pictures, one behind the other, that the page's script sends.

    A burst comes with the `times` (ms) and `sizes` (bytes) of its pictures.
    """

    challenge = forms.UUIDField(widget=forms.HiddenInput, required=False)
    video = VideoField(
        label=_("Video of the movements"),
        help_text=_("MP4, MOV or WebM, at most 20 seconds."),
    )


class StatementForm(Form):
    """A short video in which the digits of a challenge are read aloud."""

    challenge = forms.UUIDField(widget=forms.HiddenInput, required=False)

    video = VideoField(
        label=_("Video statement"),
        help_text=_("MP4, MOV or WebM, at most 20 MB: about ten seconds."),
    )
