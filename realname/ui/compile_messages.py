"""`python -m realname.ui.compile_messages`: makes the .mo files Django reads from the .po files people write.

Django's own command needs the gettext programs, which a bare machine lacks; this needs a Python package only.
"""

from pathlib import Path

import polib

from realname.paths import REPO


def compile_messages(folder: Path = REPO / "locale") -> list[Path]:
    """Compile each catalogue that is older than its source; answer those made anew. Raises OSError on a broken source."""
    made = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime > source.stat().st_mtime:
            continue
        # fuzzy entries are guesses: polib leaves them out, as msgfmt does
        temporary = target.with_suffix(".mo.new")
        polib.pofile(str(source)).save_as_mofile(str(temporary))
        temporary.replace(target)
        made.append(target)
    return made


if __name__ == "__main__":
    for path in compile_messages():
        print(path.relative_to(REPO))
