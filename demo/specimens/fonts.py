"""A font that has Chinese characters: from the package, else from the system."""

import shutil
import subprocess
from functools import cache
from pathlib import Path

from PIL import ImageFont

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
def font(size: int) -> ImageFont.FreeTypeFont:
    """A simplified Chinese font at `size` pixels. Raises FontMissing, which says how to get one."""
    path, index = _find()
    return ImageFont.truetype(path, size, index=index)


@cache
def _find() -> tuple[str, int]:
    path = _from_package() or _from_fontconfig() or next((file for file in _SYSTEM_FILES if Path(file).exists()), None)
    if not path:
        raise FontMissing(
            "No font with Chinese characters was found. Install one: `pip install noto-cjk-sans-otc`, "
            "or on Debian and Ubuntu `apt install fonts-noto-cjk`."
        )
    return path, _simplified_index(path)


def _from_package() -> str | None:
    try:
        import noto_cjk_sans_otc
    except ImportError:
        return None
    path = Path(str(noto_cjk_sans_otc.FONT_PATH))
    return str(path) if path.exists() else None


def _from_fontconfig() -> str | None:
    if not shutil.which("fc-list"):
        return None
    for family in _FAMILIES:
        listed = subprocess.run(["fc-list", family, "file"], capture_output=True, text=True, check=False).stdout
        if listed.strip():
            return listed.splitlines()[0].strip().rstrip(":")
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
