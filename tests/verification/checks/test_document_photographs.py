"""Document quality and the two readings, on what the first look found."""

import pytest

from registration.states import CaptureKind
from tests.verification.checks.conftest import capture, read
from verification.engines.base import BACK_FIELDS, FRONT_FIELDS
from verification.states import CheckKind, CheckStatus

FRONT, BACK = CaptureKind.DOCUMENT_FRONT, CaptureKind.DOCUMENT_BACK


def _finding(code: str, level: str = "reject", *, found: bool = True) -> dict:
    return {"code": code, "score": 1.0, "threshold": 2.0, "unit": "", "level": level, "found": found}


@pytest.mark.parametrize(
    ("findings", "status", "reason"),
    [
        ([], CheckStatus.PASSED, ""),
        ([_finding("blur", found=False)], CheckStatus.PASSED, ""),
        ([_finding("glare", "warn")], CheckStatus.PASSED, ""),
        ([_finding("blur")], CheckStatus.FAILED, "PHOTO_UNUSABLE"),
        ([_finding("recapture")], CheckStatus.FAILED, "PHOTO_RECAPTURED"),
        ([_finding("blur"), _finding("photocopy")], CheckStatus.FAILED, "PHOTO_RECAPTURED"),
        ([_finding("recapture", "warn")], CheckStatus.PASSED, ""),
    ],
)
def test_document_quality(run, findings, status, reason):
    """P-REG-7: the defect is named, with its side."""
    result = run(CheckKind.DOCUMENT_QUALITY, captures=[capture(FRONT), capture(BACK, quality=findings)])
    assert (result.status, result.reason) == (status, reason)
    assert result.findings == [f"{BACK}:{finding['code']}" for finding in findings if finding["found"]]


@pytest.mark.parametrize(
    ("kind", "side", "where", "wanted"), [("ocr_front", "front", FRONT, FRONT_FIELDS), ("ocr_back", "back", BACK, BACK_FIELDS)]
)
class TestOcr:
    def test_every_field_read_passes(self, run, kind, side, where, wanted):
        """P-VER-7: with engine, version, threshold, score and digest."""
        result = run(CheckKind(kind), captures=[capture(where, side=side, fields=read(**dict.fromkeys(wanted, "text")))])
        assert result.status == CheckStatus.PASSED
        assert (result.engine, result.engine_version, result.threshold, result.score) == ("ocr", "1", 0.9, 0.99)
        assert result.input_digest == "d" * 64

    def test_another_side_fails(self, run, kind, side, where, wanted):
        result = run(CheckKind(kind), captures=[capture(where, side="other", fields=read(**dict.fromkeys(wanted, "text")))])
        assert (result.status, result.reason, result.findings) == (CheckStatus.FAILED, "DOCUMENT_UNREADABLE", ["side_other"])

    def test_a_missing_field_is_named(self, run, kind, side, where, wanted):
        result = run(CheckKind(kind), captures=[capture(where, side=side, fields=read(**dict.fromkeys(wanted[1:], "text")))])
        assert (result.status, result.reason) == (CheckStatus.INCONCLUSIVE, "DOCUMENT_UNREADABLE")
        assert result.findings == [f"{wanted[0]}_missing"]
