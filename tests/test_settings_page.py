"""docs/settings.md and the settings say the same."""

import re

from realname.paths import REPO

PAGE = (REPO / "docs" / "settings.md").read_text()
READ = re.compile(r'(?:env\.\w+\(|environ\.get\()\s*"([A-Z_]+)"')


def test_the_products_table_names_what_the_settings_read_and_nothing_else():
    table = PAGE.split("## The product")[1].split("\n## ")[0]
    written = [name for row in re.findall(r"^\| (`[A-Z_`, ]+`) \|", table, re.MULTILINE) for name in re.findall(r"[A-Z_]+", row)]
    read = {name for file in (REPO / "realname" / "settings").glob("*.py") for name in READ.findall(file.read_text())}
    assert len(written) == len(set(written))
    assert set(written) == read


def test_every_variable_of_the_scripts_is_one_they_use():
    table = PAGE.split("## The scripts and the supervisor")[1]
    files = [*(REPO / "script").iterdir(), *(REPO / "realname" / "serve").glob("*.py"), *(REPO / "tests").glob("*.py")]
    text = "".join(file.read_text() for file in files if file.is_file())
    assert [name for name in re.findall(r"`([A-Z_]+)`", table) if name not in text] == []
