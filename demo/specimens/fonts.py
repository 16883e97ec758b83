"""Fonts that have Chinese characters: sans from the package, else from the system; others where the system has them."""

import shutil
import subprocess
from functools import cache
from pathlib import Path

from PIL import ImageFont

SANS = "sans"
# More typefaces to draw with, by the names fontconfig knows them by; which of them there are depends on the machine.
_OTHERS = {
    "serif": ("Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC"),
    "zenhei": ("WenQuanYi Zen Hei",),
    "kai": ("AR PL UKai CN",),
}
_FAMILIES = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei")
# Where a collection is found on systems without fontconfig.
_SYSTEM_FILES = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/System/Library/Fonts/PingFang.ttc",
    "C:/Windows/Fonts/msyh.ttc",
)


class FontMissing(RuntimeError):
    """No font with Chinese characters was found."""


@cache
def font(size: int, typeface: str = SANS) -> ImageFont.FreeTypeFont:
    """A simplified Chinese font at `size` pixels; `typeface` is one of `typefaces()`.

    Raises FontMissing, which says how to get one, and KeyError for another typeface.
    """
    path, index = _find() if typeface == SANS else _other(typeface)
    return ImageFont.truetype(path, size, index=index)


@cache
def machine_font(size: int) -> ImageFont.FreeTypeFont:
    """OCR-B, in which machine-readable zones are printed, where the system has it; else `font`. Raises FontMissing."""
    path = _from_fontconfig(("OCR B",))
    return ImageFont.truetype(path, size) if path else font(size)


@cache
def typefaces() -> tuple[str, ...]:
    """What this machine can draw with, sans first."""
    return (SANS, *(name for name, families in _OTHERS.items() if _from_fontconfig(families)))


@cache
def _find() -> tuple[str, int]:
    path = _from_package() or _from_fontconfig(_FAMILIES) or next((file for file in _SYSTEM_FILES if Path(file).exists()), None)
    if not path:
        raise FontMissing(
            "No font with Chinese characters was found. Install one: `pip install noto-cjk-sans-otc`, "
            "or on Debian and Ubuntu `apt install fonts-noto-cjk`."
        )
    return path, _simplified_index(path)


@cache
def _other(typeface: str) -> tuple[str, int]:
    path = _from_fontconfig(_OTHERS[typeface])
    if not path:
        raise FontMissing(f"No font for {typeface} was found; known here: {', '.join(typefaces())}.")
    return path, _simplified_index(path)


def _from_package() -> str | None:
    try:
        import noto_cjk_sans_otc
    except ImportError:
        return None
    path = Path(str(noto_cjk_sans_otc.FONT_PATH))
    return str(path) if path.exists() else None


def _from_fontconfig(families: tuple[str, ...]) -> str | None:
    if not shutil.which("fc-list"):
        return None
    for family in families:
        listed = subprocess.run(["fc-list", f"{family}:style=Regular", "file"], capture_output=True, text=True, check=False).stdout
        if listed.strip():
            return sorted(listed.splitlines())[0].strip().rstrip(":")
    return None


def _simplified_index(path: str) -> int:
    """The face of a collection drawn for simplified Chinese; the same code point looks different in Japan."""
    for index in range(16):
        try:
            family = ImageFont.truetype(path, 10, index=index).getname()[0]
        except OSError:
            break
        if family.endswith(" SC") and "Mono" not in family:
            return index
    return 0
