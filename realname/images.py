"""Opens pictures that strangers send: JPEG, PNG, WebP and HEIC, one frame, of sane size; everything else is refused by name.

Nothing is decoded before its header was judged, so a small file that claims to be enormous costs nothing. What is kept is
always re-encoded: the bytes that were sent never reach storage, and with them go EXIF, GPS, thumbnails and appended data.
"""

import io
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pillow_heif
from PIL import Image, ImageFile, ImageOps

MAX_BYTES = 20 * 1024 * 1024  # a 12-megapixel JPEG of a telephone is 3 to 8 MB
MAX_PIXELS = 40_000_000  # above any telephone's usual output; 120 MB as RGB
MIN_SIDE = 200  # px; under it neither a card nor a face can be read
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")  # that people send
SENT_AS = {"MPO": "JPEG", "WEBP": "WebP", "HEIF": "HEIC"}  # where the name differs from Pillow's
# of the file's start, as these formats' specifications give them; only used to name the refusal
PDF_SIGNATURE = b"%PDF-"

# what Pillow's readers raise on damaged input (UnidentifiedImageError is an OSError)
DECODER_ERRORS = (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, RuntimeError, struct.error)

ImageCode = Literal["not_an_image", "truncated", "too_many_pixels", "too_large", "animated", "pdf", "too_small", "undecodable"]

# a truncated file is refused, never filled up with grey
ImageFile.LOAD_TRUNCATED_IMAGES = False
# a second guard behind our own: Pillow raises at twice this figure whoever opens the file
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
pillow_heif.register_heif_opener(thumbnails=False)


class ImageRefused(ValueError):
    """The bytes are not a picture that is accepted. `code` says why."""

    def __init__(self, code: ImageCode) -> None:
        super().__init__(code)
        self.code: ImageCode = code


@dataclass(frozen=True, slots=True)
class Picture:
    """A decoded picture: `rgb` is uint8 of shape (height, width, 3), upright by its EXIF; `format` is the sender's."""

    rgb: np.ndarray
    format: str

    @property
    def bgr(self) -> np.ndarray:
        """The same with the channel order of OpenCV (a copy)."""
        import cv2  # only here: a web process asks for no array, and need not load it

        # as ascontiguousarray(rgb[:, :, ::-1]), in a tenth of the time
        return cv2.cvtColor(self.rgb, cv2.COLOR_RGB2BGR)


def decode(content: bytes, *, min_side: int = MIN_SIDE, formats: Sequence[str] = FORMATS) -> Picture:
    """The picture in `content`, upright, in RGB; its shorter side has at least `min_side` px. Raises ImageRefused.

    `formats` are Pillow's names of those that are tried.
    """
    image = _load(content, min_side=min_side, formats=formats)
    return Picture(rgb=np.asarray(image), format=image.info["sent_as"])


def reencode(content: bytes, *, quality: int = 92, max_side: int = 4096) -> bytes:
    """The picture as a JPEG of ours: upright, no metadata, the longer side at most `max_side` px. Raises ImageRefused.

    Quality 92 keeps what OCR and the quality measures look at; two megapixels come to about 700 kB.
    """
    image = _load(content)
    if max(image.size) > max_side:
        image.thumbnail((max_side, max_side), Image.Resampling.LANCZOS)
    # a new image from the pixels alone: `info` (EXIF, ICC, comments) stays behind
    clean = Image.frombytes("RGB", image.size, image.tobytes())
    out = io.BytesIO()
    clean.save(out, format="JPEG", quality=quality, optimize=False)
    return out.getvalue()


def inspect(content: bytes) -> None:
    """Judge a file by its header, without decoding its pixels: a millisecond. Raises ImageRefused.

    What passes may still turn out truncated or damaged when it is decoded.
    """
    image = _opened(content)
    if min(image.size) < MIN_SIDE:
        raise ImageRefused("too_small")


def encode_jpeg(rgb: np.ndarray, *, quality: int = 92) -> bytes:
    """A JPEG of an RGB array (uint8)."""
    out = io.BytesIO()
    Image.fromarray(rgb).save(out, format="JPEG", quality=quality)
    return out.getvalue()


def _load(content: bytes, *, min_side: int = MIN_SIDE, formats: Sequence[str] = FORMATS) -> Image.Image:
    image = _opened(content, formats)
    _decode_pixels(image)
    upright = _upright(image)
    if min(upright.size) < min_side:
        raise ImageRefused("too_small")
    flat = _on_white(upright)
    flat.info = {"sent_as": SENT_AS.get(image.format, image.format)}
    return flat


def _opened(content: bytes, formats: Sequence[str] = FORMATS) -> Image.Image:
    if len(content) > MAX_BYTES:
        raise ImageRefused("too_large")
    if PDF_SIGNATURE in content[:1024]:
        raise ImageRefused("pdf")
    image = _open(content, formats)
    _judge_header(image)
    return image


def _open(content: bytes, formats: Sequence[str]) -> Image.Image:
    """Read the header only. Formats that are not accepted are not even tried."""
    try:
        return Image.open(io.BytesIO(content), formats=formats)
    except Image.DecompressionBombError as error:
        raise ImageRefused("too_many_pixels") from error
    except DECODER_ERRORS as error:
        raise ImageRefused(_why_not_opened(content)) from error


def _why_not_opened(content: bytes) -> ImageCode:
    return "truncated" if _starts_like_an_image(content) else "not_an_image"


def _starts_like_an_image(content: bytes) -> bool:
    return (
        content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))
        or (content[:4] == b"RIFF" and content[8:12] == b"WEBP")
        or content[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypheim", b"ftypheis")
    )


def _judge_header(image: Image.Image) -> None:
    _judge_size(image)
    # Telephones store a depth map or a small copy beside the picture (MPO in JPEG, auxiliaries in HEIC): those are no animation.
    if image.format in ("PNG", "WEBP", "TIFF") and getattr(image, "is_animated", False):
        raise ImageRefused("animated")


def _judge_size(image: Image.Image) -> None:
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise ImageRefused("too_many_pixels")


def _decode_pixels(image: Image.Image) -> None:
    try:
        image.load()
    except Image.DecompressionBombError as error:
        raise ImageRefused("too_many_pixels") from error
    except DECODER_ERRORS as error:
        raise ImageRefused("truncated") from error
    # HEIC learns its true size only while decoding
    _judge_size(image)


def _upright(image: Image.Image) -> Image.Image:
    """Turned as its EXIF says; a damaged EXIF block says nothing."""
    try:
        return ImageOps.exif_transpose(image)
    except DECODER_ERRORS:
        return image


def _on_white(image: Image.Image) -> Image.Image:
    """RGB; transparency becomes white, 16-bit grey is scaled and not clipped."""
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        grey = np.asarray(image, dtype=np.float64)
        scale = 255.0 / 65535.0 if grey.max(initial=0) > 255 else 1.0
        return Image.fromarray((grey * scale).clip(0, 255).astype(np.uint8)).convert("RGB")
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer).convert("RGB")
    return image.convert("RGB")
