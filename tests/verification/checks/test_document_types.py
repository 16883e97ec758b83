"""The checks of documents that are no resident ID card (R-02): what no machine can judge is never passed, and never refused."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.factories.documents import details
from tests.verification.checks.conftest import capture, ended, entered, read
from verification.states import CheckKind, CheckStatus

TODAY = timezone.localdate()
ZONE = {"surname": "ERIKSSON", "given_names": "ANNA MARIA", "cut": False}


def of(code: str, **changes):
    """An application with such a document, in memory."""
    return entered(document_type=code, **{**dict(details(code)), **changes})


def zone(application, **changes) -> dict:
    """What the zone of a passport says: what was entered."""
    fields = read(
        **{
            "id_number": application.id_number,
            "birth": application.birth.isoformat(),
            "valid_to": application.valid_to.isoformat(),
            "sex": application.sex,
            "nationality": "UTO",
            "issuing_state": "UTO",
            "name": "ERIKSSON ANNA MARIA",
            **changes,
        }
    )
    fields["name"]["zone"] = ZONE
    return fields


@pytest.mark.parametrize(
    ("code", "number", "status"),
    [
        ("foreign_passport", "E1234567890", CheckStatus.INCONCLUSIVE),
        ("hk_macao_travel_permit", "12345678", CheckStatus.INCONCLUSIVE),
        ("military_id", "1234", CheckStatus.INCONCLUSIVE),
        ("permanent_residence_card", "911124198108030025", CheckStatus.INCONCLUSIVE),
        ("residence_permit", "810000199003070019", CheckStatus.FAILED),
        ("temporary_id_card", "110101199003070010", CheckStatus.FAILED),
    ],
)
def test_an_invalid_number_refuses_only_where_a_standard_binds(run, code, number, status):
    result = run(CheckKind.ID_NUMBER, application=of(code, id_number=number))
    assert (result.status, result.reason) == (status, "NUMBER_INVALID")


def test_a_zone_that_agrees_passes_however_the_name_is_written(run):
    application = of("foreign_passport", name="Anna-Maria Eriksson")
    result = run(CheckKind.FIELD_CONSISTENCY, application=application, before={CheckKind.MRZ: ended(detail={"fields": zone(application)})})
    assert (result.status, result.findings) == (CheckStatus.PASSED, [])


@pytest.mark.parametrize("field", ["id_number", "birth", "nationality", "valid_to", "sex"])
def test_a_zone_that_differs_is_told(run, field):
    """P-VER-1."""
    application = of("foreign_passport")
    other = {"id_number": "X1", "birth": "1980-01-01", "nationality": "USA", "valid_to": "2039-01-01", "sex": "female"}[field]
    before = {CheckKind.MRZ: ended(detail={"fields": zone(application, **{field: other})})}
    result = run(CheckKind.FIELD_CONSISTENCY, application=application, before=before)
    assert (result.status, result.reason, result.findings) == (CheckStatus.FAILED, "FIELDS_DIFFER", [f"{field}_differs"])


def test_another_name_than_the_zones_differs(run):
    application = of("foreign_passport", name="Anna Erikson")
    before = {CheckKind.MRZ: ended(detail={"fields": zone(application)})}
    assert run(CheckKind.FIELD_CONSISTENCY, application=application, before=before).findings == ["name_differs"]


def test_a_zone_that_was_not_read_is_asked_for_again(run):
    picture = capture("document_front", side="other")
    result = run(CheckKind.MRZ, application=of("foreign_passport"), captures=[picture])
    assert (result.status, result.reason, result.findings) == (CheckStatus.INCONCLUSIVE, "ZONE_UNREADABLE", ["document_front:no_zone"])


def test_a_zone_that_was_read_passes(run):
    application = of("foreign_passport")
    result = run(CheckKind.MRZ, application=application, captures=[capture("document_front", fields=zone(application))])
    assert (result.status, result.score, result.threshold) == (CheckStatus.PASSED, 1.0, 1.0)


def test_the_end_in_the_zone_decides_and_not_the_one_entered(run):
    application = of("foreign_passport", valid_to=TODAY + timedelta(days=900))
    before = {CheckKind.MRZ: ended(detail={"fields": zone(application, valid_to=(TODAY - timedelta(days=1)).isoformat())})}
    result = run(CheckKind.DOCUMENT_VALIDITY, application=application, before=before)
    assert (result.status, result.reason) == (CheckStatus.FAILED, "DOCUMENT_EXPIRED")


@pytest.mark.parametrize("valid_to", [date(2020, 1, 1), TODAY + timedelta(days=30)])
def test_what_no_machine_reads_is_neither_passed_nor_refused_for_its_dates(run, valid_to):
    result = run(CheckKind.DOCUMENT_VALIDITY, application=of("military_id", valid_to=valid_to, valid_from=date(2019, 1, 1)))
    assert result.status == CheckStatus.INCONCLUSIVE


def test_the_reviewer_is_told_what_to_judge(run):
    for code, findings in {
        "temporary_id_card": ["fields_by_eye"],
        "household_register": ["fields_by_eye", "no_portrait"],
        "residence_permit": ["not_in_registry"],
        "foreign_passport": ["not_in_registry"],
        "military_id": ["fields_by_eye", "number_by_eye", "not_in_registry"],
    }.items():
        application = of(code)
        captures = [capture(kind) for kind in application.document.kinds]
        result = run(CheckKind.DOCUMENT_BY_EYE, application=application, captures=captures)
        assert (result.status, result.reason, result.findings) == (CheckStatus.INCONCLUSIVE, "DOCUMENT_TO_JUDGE", findings)


def test_a_residence_permit_is_read_without_an_ethnicity(run):
    application = of("residence_permit")
    fields = read(name="张三丰", sex="male", birth="1990-03-07", address="北京市东城区示例路1号", id_number=application.id_number)
    result = run(CheckKind.OCR_FRONT, application=application, captures=[capture("document_front", fields=fields)])
    assert (result.status, result.score, result.threshold) == (CheckStatus.PASSED, 5.0, 5.0)
