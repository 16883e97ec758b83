"""Files made to harm: bombs, polyglots, odd shapes and modes, damaged metadata."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

import numpy as np
from PIL import Image

from tests.hostile.good import encoded, scene
from tests.hostile.good import files as good_files

PNG = b"\x89PNG\r\n\x1a\n"
Named = tuple[str, bytes]


def files() -> Iterator[Named]:
    """All of them."""
    yield from bombs()
    yield from polyglots()
    yield from shapes()
    yield from modes()
    yield from metadata()


def bombs() -> Iterator[Named]:
    """Small files that claim, or unfold to, a great deal."""
    for width, height in ((65_535, 65_535), (2**31 - 1, 1), (1, 2**31 - 1), (100_000, 100_000), (6_400, 6_400), (0, 0), (30_000, 0)):
        yield f"png claims {width} x {height}", png(width, height, b"\0" * 99)
    white = png(6_300, 6_300, zlib.compress(b"\0" * (6_300 * (6_300 * 3 + 1)), 9), packed=True)
    yield "png of 40 megapixels in 120 kB", white
    yield "png with more data than pixels", png(300, 300, b"\0" * 100_000_000)
    text = b"note\0\0" + zlib.compress(b"\0" * 80_000_000, 9)
    yield "png with a text of 80 MB", PNG + chunk(b"IHDR", header(300, 300)) + chunk(b"zTXt", text) + _rest(300, 300)
    profile = b"profile\0\0" + zlib.compress(b"\0" * 80_000_000, 9)
    yield "png with a colour profile of 80 MB", PNG + chunk(b"IHDR", header(300, 300)) + chunk(b"iCCP", profile) + _rest(300, 300)
    yield "png of 200,000 chunks", PNG + chunk(b"IHDR", header(300, 300)) + chunk(b"tEXt", b"a\0b") * 200_000 + _rest(300, 300)
    jpeg = good_files()["jpeg"]
    frame = jpeg.index(b"\xff\xc0")
    for height, width in ((65_535, 65_535), (6_400, 6_400), (0, 240), (1, 65_500)):
        yield f"jpeg claims {width} x {height}", jpeg[: frame + 5] + struct.pack(">HH", height, width) + jpeg[frame + 9 :]
    yield "jpeg of 3,000 scans", _many_scans(3_000)
    webp = good_files()["webp lossless"]
    for name, start in (("whole", 24), ("half", 27)):
        yield f"webp claims a large {name}", webp[:start] + b"\xff\xff\xff" + webp[start + 3 :]
    heic = good_files()["heic"]
    extent = heic.index(b"ispe") + 8
    for width, height in ((65_535, 65_535), (2**31 - 1, 2**31 - 1), (0, 0)):
        yield f"heic claims {width} x {height}", heic[:extent] + struct.pack(">II", width, height) + heic[extent + 8 :]
    yield "gif claims 65535 x 65535", b"GIF89a" + struct.pack("<HH", 65_535, 65_535) + b"\x80\0\0" + b"\0" * 600
    yield "30 MB of nothing", bytes(30 * 1024 * 1024)
    yield "jpeg with 19 MB behind it", jpeg + bytes(19 * 1024 * 1024)


def polyglots() -> Iterator[Named]:
    """Pictures that are something else as well. What is kept of them is pixels; what is no picture is refused."""
    jpeg, image = good_files()["jpeg"], scene()
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("a.html", "<script>alert(1)</script>")
    page = b"<html><script>alert(1)</script></html>"
    yield "jpeg and zip", jpeg + archive.getvalue()
    yield "zip and jpeg", archive.getvalue() + jpeg
    yield "jpeg with a page in its comment", encoded(image, "JPEG", comment=page)
    yield "page and jpeg", page + jpeg
    yield "jpeg and pdf", encoded(image, "JPEG", comment=b"%PDF-1.4\n1 0 obj")
    yield "pdf and jpeg", b"%PDF-1.4\n" + jpeg
    yield "gif and script", b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)"
    yield "png and php", PNG + chunk(b"IHDR", header(300, 300)) + chunk(b"tEXt", b"a\0<?php system($_GET[0]);?>") + _rest(300, 300)
    yield "webp and jpeg", good_files()["webp"] + jpeg
    yield "jpeg named an executable", b"MZ" + jpeg
    yield "mp4 that says it is heic", good_files()["mp4"].replace(b"ftypisom", b"ftypheic", 1)
    yield "heic that says it is mp4", good_files()["heic"].replace(b"ftypheic", b"ftypisom", 1)
    yield "mp4 with a playlist in it", good_files()["mp4"][:40] + b"#EXTM3U\nfile:///etc/passwd\n" * 50
    yield "webm with a playlist in it", good_files()["webm"][:40] + b"#EXTM3U\nhttp://127.0.0.1:1/\n" * 50
    yield "mp4 of nothing but heads", b"\0\0\0\x18ftypisom\0\0\0\0isommp42" + b"\0\0\0\x08moov" * 5_000
    yield "mp4 of boxes within boxes", _nested(2_000)
    yield "svg", b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>"
    yield "postscript", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n"
    yield "nothing", b""


def shapes() -> Iterator[Named]:
    """Sizes and contents that no camera makes."""
    for width, height in ((1, 1), (1, 30_000), (30_000, 1), (16, 30_000), (30_000, 16), (200, 30_000), (30_000, 200), (16, 16), (199, 400)):
        yield f"png of {width} x {height}", encoded(Image.new("RGB", (width, height), "grey"), "PNG")
    for colour in ("black", "white"):
        yield f"jpeg all {colour}", encoded(Image.new("RGB", (1280, 960), colour), "JPEG")
    yield "jpeg of noise", encoded(Image.fromarray(np.random.default_rng(2).integers(0, 256, (600, 900, 3), np.uint8)), "JPEG")
    yield "jpeg of 39 megapixels", encoded(Image.new("RGB", (7_200, 5_400), "grey"), "JPEG")
    frames = [scene().rotate(turn) for turn in (0, 90, 180)]
    for form in ("PNG", "WEBP", "GIF"):
        yield f"{form.lower()} that moves", encoded(frames[0], form, save_all=True, append_images=frames[1:])


def modes() -> Iterator[Named]:
    """Ways to store a pixel."""
    image = scene()
    yield "jpeg cmyk", encoded(image.convert("CMYK"), "JPEG")
    yield "jpeg grey", encoded(image.convert("L"), "JPEG")
    for mode in ("1", "L", "LA", "P", "RGBA", "I;16"):
        grey16 = np.asarray(image.convert("L")).astype(np.uint16) * 257
        yield f"png {mode}", encoded(Image.fromarray(grey16) if mode == "I;16" else image.convert(mode), "PNG")
    yield "png 48 bit", png(240, 210, b"".join(b"\0" + bytes(240 * 6) for _ in range(210)), depth=16)
    yield "png interlaced", png(240, 210, _interlaced(240, 210), interlace=1)
    yield "png of a palette that is not there", png(240, 210, b"\0" * (241 * 210), colour=3)
    yield "png of a depth that is none", png(240, 210, b"\0" * 999, depth=7)
    yield "png of a colour type that is none", png(240, 210, b"\0" * 999, colour=5)


def metadata() -> Iterator[Named]:
    """EXIF, colour profiles and comments, in order and not."""
    image = scene()
    for orientation in (*range(1, 9), 0, 9, 65_535):
        exif = Image.Exif()
        exif[0x0112] = orientation
        yield f"jpeg turned by {orientation}", encoded(image, "JPEG", exif=exif.tobytes())
    good = Image.Exif()
    good[0x010E] = "x" * 60_000
    yield "jpeg with 60 kB of exif", encoded(image, "JPEG", exif=good.tobytes())
    loop = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\x08\0\0\0"
    damaged = (b"Exif\0\0", b"Exif\0\0II*\0\xff\xff\xff\xff", loop, loop[:20], b"Exif\0\0MM\0*" + b"\xff" * 50, b"\0" * 40)
    for number, block in enumerate(damaged):
        yield f"jpeg with damaged exif {number}", encoded(image, "JPEG", exif=block)
    yield "jpeg with a colour profile of 5 MB", encoded(image, "JPEG", icc_profile=bytes(5_000_000))
    yield "webp with a colour profile of 5 MB", encoded(image, "WEBP", icc_profile=bytes(5_000_000))
    yield "jpeg with a damaged colour profile", encoded(image, "JPEG", icc_profile=b"\xff" * 200)


def chunk(kind: bytes, body: bytes) -> bytes:
    """A chunk of a PNG, with its right checksum."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def header(width: int, height: int, *, depth: int = 8, colour: int = 2, interlace: int = 0) -> bytes:
    """The body of a PNG's IHDR; colour type 2 is RGB."""
    return struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace)


def png(width: int, height: int, rows: bytes, *, packed: bool = False, **options: int) -> bytes:
    """A PNG of these (filtered, or already compressed) rows."""
    data = chunk(b"IDAT", rows if packed else zlib.compress(rows, 9))
    return PNG + chunk(b"IHDR", header(width, height, **options)) + data + chunk(b"IEND", b"")


def _rest(width: int, height: int) -> bytes:
    return chunk(b"IDAT", zlib.compress(b"\0" * (height * (3 * width + 1)))) + chunk(b"IEND", b"")


def _interlaced(width: int, height: int) -> bytes:
    """Grey RGB rows in the seven passes of Adam7."""
    passes = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
    rows = b""
    for x, y, dx, dy in passes:
        across, down = -(-(width - x) // dx), -(-(height - y) // dy)
        rows += (b"\0" + b"\x80" * (3 * across)) * down
    return rows


def _many_scans(count: int) -> bytes:
    """A progressive JPEG whose last scan comes again and again: each costs the decoder a walk over the whole picture."""
    jpeg = encoded(scene((1600, 1200)), "JPEG", progressive=True)
    start = jpeg.rindex(b"\xff\xda")
    return jpeg[:start] + jpeg[start:-2][:2_000] * count + jpeg[-2:]


def _nested(depth: int) -> bytes:
    """Each box is the only content of the one around it."""
    boxes = b"".join(struct.pack(">I", 8 * (depth - level)) + b"moov" for level in range(depth))
    return b"\0\0\0\x18ftypisom\0\0\0\0isommp42" + boxes
