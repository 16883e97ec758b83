"""Document quality and the two readings, on what the first look found."""

import hashlib

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


def test_document_quality_tells_its_nearest_measure_where_it_passes(run):
    """P-VER-7: score, threshold and time are kept whatever comes out; what only warns did not decide; both sides were looked at."""
    near = _finding("dark", found=False) | {"score": 84.0, "threshold": 80.0}
    far = _finding("cut_off", found=False) | {"score": 0.0, "threshold": 1.0}
    warns = _finding("glare", "warn", found=False) | {"score": 3.74, "threshold": 3.75}
    result = run(CheckKind.DOCUMENT_QUALITY, captures=[capture(FRONT, quality=[far]), capture(BACK, quality=[warns, near])])
    assert (result.status, result.score, result.threshold) == (CheckStatus.PASSED, 84.0, 80.0)
    assert (result.engine, result.milliseconds) == ("document quality: dark", 60)
    assert result.input_digest == hashlib.sha256(("t" * 64 + "k" * 64).encode()).hexdigest()


def test_document_quality_tells_the_measure_that_rejects(run):
    bad = _finding("blur") | {"score": 50.0, "threshold": 101.0}
    near = _finding("dark", found=False) | {"score": 80.1, "threshold": 80.0}
    result = run(CheckKind.DOCUMENT_QUALITY, captures=[capture(FRONT, quality=[near]), capture(BACK, quality=[bad])])
    assert (result.engine, result.score, result.threshold) == ("document quality: blur", 50.0, 101.0)


@pytest.mark.parametrize(
    ("kind", "side", "where", "wanted"), [("ocr_front", "front", FRONT, FRONT_FIELDS), ("ocr_back", "back", BACK, BACK_FIELDS)]
)
class TestOcr:
    def test_every_field_read_passes(self, run, kind, side, where, wanted):
        """P-VER-7: with engine, version, threshold, score and digest."""
        result = run(CheckKind(kind), captures=[capture(where, side=side, fields=read(**dict.fromkeys(wanted, "text")))])
        assert result.status == CheckStatus.PASSED
        count = float(len(wanted))
        assert (result.engine, result.engine_version, result.threshold, result.score) == ("ocr", "1", count, count)
        assert (result.input_digest, result.milliseconds) == (where[-1] * 64, 400)

    def test_another_side_fails(self, run, kind, side, where, wanted):
        result = run(CheckKind(kind), captures=[capture(where, side="other", fields=read(**dict.fromkeys(wanted, "text")))])
        assert (result.status, result.reason, result.findings) == (CheckStatus.FAILED, "DOCUMENT_UNREADABLE", ["side_other"])
        assert (result.score, result.threshold) == (0.0, float(len(wanted)))

    def test_a_missing_field_is_named(self, run, kind, side, where, wanted):
        result = run(CheckKind(kind), captures=[capture(where, side=side, fields=read(**dict.fromkeys(wanted[1:], "text")))])
        assert (result.status, result.reason) == (CheckStatus.INCONCLUSIVE, "DOCUMENT_UNREADABLE")
        assert result.findings == [f"{wanted[0]}_missing"]
        assert (result.score, result.threshold) == (len(wanted) - 1.0, float(len(wanted)))

    def test_a_doubtful_field_is_told_and_fails_nothing(self, run, kind, side, where, wanted):
        """P-VER-7: what is shown as passed lies at or above its threshold; how sure a reading is, is each field's own."""
        fields = read(**dict.fromkeys(wanted, "text"))
        fields[wanted[0]] |= {"confidence": 0.41, "review": True}
        result = run(CheckKind(kind), captures=[capture(where, side=side, fields=fields)])
        assert (result.status, result.findings) == (CheckStatus.PASSED, [f"{wanted[0]}_doubtful"])
        assert result.score >= result.threshold
        assert (result.detail["fields"][wanted[0]]["confidence"], result.detail["sure_from"]) == (0.41, 0.9)
