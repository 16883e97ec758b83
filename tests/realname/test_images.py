"""Pictures from strangers: what is accepted comes out upright and clean, the rest is refused by name and cheaply."""

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image, ImageFile

from realname.images import MAX_BYTES, ImageRefused, decode, reencode


def picture(size=(640, 400), mode="RGB") -> Image.Image:
    """A gradient whose left edge is red and right edge blue, so that turning it shows."""
    width, height = size
    ramp = np.linspace(255, 0, width, dtype=np.uint8)
    rgb = np.zeros((height, width, 3), np.uint8)
    rgb[:, :, 0], rgb[:, :, 2] = ramp, ramp[::-1]
    return Image.fromarray(rgb).convert(mode)


def encoded(image: Image.Image, form: str = "JPEG", **options) -> bytes:
    out = io.BytesIO()
    image.save(out, format=form, **options)
    return out.getvalue()


def png_claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header claims the size."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")


def refused(content: bytes) -> str:
    with pytest.raises(ImageRefused) as caught:
        decode(content)
    with pytest.raises(ImageRefused) as caught_again:
        reencode(content)
    assert caught_again.value.code == caught.value.code
    return caught.value.code


@pytest.mark.parametrize(("form", "name"), [("JPEG", "JPEG"), ("PNG", "PNG"), ("WEBP", "WebP"), ("HEIF", "HEIC"), ("MPO", "JPEG")])
def test_the_formats_of_telephones_are_accepted(form, name):
    options = {"save_all": True, "append_images": [picture((320, 200))]} if form == "MPO" else {}
    found = decode(encoded(picture(), form, **options))
    assert found.format == name
    assert found.rgb.shape == (400, 640, 3)
    assert found.rgb[200, 5, 0] > 200 > 60 > found.rgb[200, 635, 0]
    assert (found.bgr[:, :, 2] == found.rgb[:, :, 0]).all()


@pytest.mark.parametrize("content", [b"", b"hello", b"\0" * 4096, b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"PK\x03\x04zip"])
def test_what_is_no_image_is_refused(content):
    assert refused(content) == "not_an_image"


@pytest.mark.parametrize("form", ["BMP", "TIFF", "PPM", "ICO", "JPEG2000"])
def test_other_image_formats_are_not_even_tried(form):
    assert refused(encoded(picture((256, 256)), form)) == "not_an_image"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.parametrize("kept", [0.02, 0.5, 0.9])
def test_a_truncated_file_is_refused(form, kept):
    content = encoded(Image.effect_noise((800, 600), 60).convert("RGB"), form)
    assert refused(content[: int(len(content) * kept)]) in ("truncated", "not_an_image" if kept < 0.1 else "truncated")


def test_truncated_images_stay_forbidden_in_pillow():
    """The switch is global: another module that turns it on would make every truncated file pass as half grey."""
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False


@pytest.mark.parametrize("size", [(20_000, 10_000), (7_000, 6_000), (60_000, 60_000)])
def test_two_hundred_megapixels_are_refused_by_the_header(size):
    assert refused(png_claiming(*size)) == "too_many_pixels"


def test_thirty_megabytes_are_refused_unread():
    assert refused(encoded(picture()) + b"\0" * (30 * 1024 * 1024)) == "too_large"
    assert MAX_BYTES == 20 * 1024 * 1024


@pytest.mark.parametrize("moving", [True, False])
def test_a_gif_is_a_format_that_is_not_accepted(moving):
    """A still one is not called a moving picture."""
    frames = [picture(), picture().rotate(90)]
    assert refused(encoded(frames[0], "GIF", save_all=moving, append_images=frames[1:] if moving else [])) == "not_an_image"


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_an_animation_is_refused(form):
    frames = [picture().rotate(turn) for turn in (0, 90, 180)]
    assert refused(encoded(frames[0], form, save_all=True, append_images=frames[1:])) == "animated"


@pytest.mark.parametrize("content", [b"%PDF-1.7\n1 0 obj\n", b"\n\n%PDF-1.4 after some bytes"])
def test_a_pdf_is_refused_as_one(content):
    assert refused(content) == "pdf"


def test_a_real_pdf_is_refused_as_one():
    assert refused(encoded(picture(), "PDF")) == "pdf"


def test_a_picture_that_is_also_a_pdf_is_refused():
    assert refused(encoded(picture(), comment=b"%PDF-1.4")) == "pdf"


def test_a_tiny_picture_is_refused():
    assert refused(encoded(picture((400, 199)), "PNG")) == "too_small"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_turned_photograph_comes_out_upright(form):
    exif = Image.Exif()
    exif[0x0112] = 6  # stored lying on its side: turn by 90 degrees clockwise to see it
    content = encoded(picture().transpose(Image.Transpose.ROTATE_90), form, exif=exif.tobytes())
    if form == "HEIF":
        # HEIC turns by a property of its own, which the encoder wrote; only the shape is ours to judge
        assert decode(content).rgb.shape in ((400, 640, 3), (640, 400, 3))
        return
    found = decode(content).rgb
    assert found.shape == (400, 640, 3)
    assert found[200, 5, 0] > 200 > 60 > found[200, 635, 0]
    assert Image.open(io.BytesIO(reencode(content))).size == (640, 400)


def test_damaged_exif_does_not_stop_a_good_picture():
    content = encoded(picture(), exif=b"Exif\0\0II*\0\xff\xff\xff\xff\xff\xff")
    assert decode(content).rgb.shape == (400, 640, 3)


def test_reencoding_leaves_nothing_but_the_pixels():
    """P-REG-7: EXIF, place, comments, colour profiles and appended data stay behind."""
    exif = Image.Exif()
    exif[0x010E] = "somebody's name"
    exif.get_ifd(0x8825)[1] = "N"
    content = encoded(picture(), exif=exif.tobytes(), comment=b"a comment", icc_profile=b"profile" * 9) + b"<?php appended"
    clean = reencode(content)
    image = Image.open(io.BytesIO(clean))
    assert image.format == "JPEG"
    assert image.size == (640, 400)
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert not any(word in clean for word in (b"somebody", b"a comment", b"profile", b"php", b"Exif"))


def test_reencoding_bounds_the_longer_side():
    assert Image.open(io.BytesIO(reencode(encoded(picture((5000, 1000)))))).size == (4096, 819)


@pytest.mark.parametrize("mode", ["L", "1", "P", "CMYK", "RGBA", "LA", "I;16"])
def test_every_mode_becomes_rgb(mode):
    image = Image.fromarray(np.full((300, 300), 40_000, np.uint16)) if mode == "I;16" else picture((300, 300)).convert(mode)
    found = decode(encoded(image, "JPEG" if mode == "CMYK" else "PNG")).rgb
    assert found.shape == (300, 300, 3)
    assert found.dtype == np.uint8
    assert found.max() > 70


def test_transparency_becomes_white():
    clear = Image.new("RGBA", (300, 300), (10, 10, 10, 0))
    assert decode(encoded(clear, "PNG")).rgb.min() == 255
