"""The house rules find what they forbid, and let pass what they allow."""

import importlib.util

import pytest

from realname.paths import REPO

spec = importlib.util.spec_from_file_location("house_rules", REPO / "script" / "house_rules.py")
house_rules = importlib.util.module_from_spec(spec)
spec.loader.exec_module(house_rules)


@pytest.mark.parametrize(
    ("_case", "source", "rule"),
    [
        ("delay", "run_check.delay(1)", "queue-door"),
        ("apply_async", "run_check.apply_async(args=[1])", "queue-door"),
        ("f-string", '_(f"Hello {name}.")', "gettext-static"),
        ("sum", 'gettext("Hello " + name)', "gettext-static"),
        ("percent inside", 'gettext_lazy("Hello %s." % name)', "gettext-static"),
        ("format inside", '_("Hello {name}.".format(name=name))', "gettext-static"),
        ("plural", 'ngettext("One.", f"{n} lines.", n)', "gettext-static"),
        ("long", "x = 1\n" * 451, "file-length"),
    ],
)
def test_a_break_is_found(_case, source, rule):
    assert [found for _, found in house_rules.breaks(source, path="registration/web/x.py")] == [rule]


@pytest.mark.parametrize(
    "source",
    [
        '_("Hello %(name)s.") % {"name": name}',
        '_("Hello {name}.").format(name=name)',
        "_(MESSAGES[code])",
        'ngettext("One line.", "%(n)s lines.", left + 1)',
        "x = 1\n" * 450,
        '# never write task.delay(\ntext = "task.delay(1)"',
    ],
)
def test_what_is_allowed_passes(source):
    assert list(house_rules.breaks(source, path="registration/web/x.py")) == []


@pytest.mark.parametrize("path", ["realname/queue/enqueue.py", "tests/races/test_doubled_task.py"])
def test_the_door_itself_and_tests_may_send(path):
    assert list(house_rules.breaks("task.apply_async(args=[])", path=path)) == []
