"""A check by itself: what it may look at, without rows where none are needed."""

from datetime import date
from types import SimpleNamespace

import pytest

from registration.models import Application
from verification.checks.base import Context, Result
from verification.models import Check
from verification.pipeline import RUNNERS
from verification.states import CheckKind, CheckStatus


def entered(**fields) -> Application:
    """An application in memory, as its person filled it in."""
    return Application(
        **{
            "name": "张三丰",
            "id_number": "11010119900307001X",
            "sex": "male",
            "ethnicity": "汉",
            "birth": date(1990, 3, 7),
            "address": "北京市东城区示例路1号",
            "authority": "北京市公安局东城分局",
            "valid_from": date(2020, 1, 1),
            "valid_to": date(2040, 1, 1),
            **fields,
        }
    )


def read(**texts) -> dict:
    """Fields as OCR gives them, all with confidence."""
    return {name: {"text": text, "confidence": 0.99, "review": False} for name, text in texts.items()}


def capture(kind: str, *, findings=(), looked_at: bool = True, **fields) -> SimpleNamespace:
    """A photograph that was looked at, with nothing wrong unless `findings` are given."""
    reading = {
        "side": "front",
        "fields": {},
        "quality": [],
        "engine": "ocr",
        "engine_version": "1",
        "quality_version": "1",
        "threshold": 0.9,
        "milliseconds": 400,
        "quality_milliseconds": 30,
    }
    return SimpleNamespace(kind=kind, digest=(kind[-1] * 64), read_at=looked_at, findings=list(findings), reading={**reading, **fields})


@pytest.fixture
def run():
    """Run a check of a kind on what is given."""

    def _run(kind: CheckKind, *, application: Application | None = None, captures=(), before: dict[str, Check] | None = None) -> Result:
        application = application or entered()
        context = Context(
            check=Check(kind=kind, application=application),
            application=application,
            captures={each.kind: each for each in captures},
            before=before or {},
        )
        return RUNNERS[kind].run(context)

    return _run


def ended(status: str = CheckStatus.PASSED, **fields) -> Check:
    """A check that ran before."""
    return Check(status=status, **fields)
