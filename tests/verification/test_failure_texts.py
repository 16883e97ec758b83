"""REQUIREMENTS, failure taxonomy: each failure reached by its real way in, and what its person and staff then read on their pages.

The texts stand here once more, so that a change of one is seen: of the person's what to do now, of staff's what it is.
"""

from dataclasses import dataclass
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from realname.access.models import Role
from registration.models import Application
from sandbox.fixed import IDENTITIES, OUTCOMES
from tests.factories import desk
from tests.factories import registration as make
from tests.factories.policy import set_value
from tests.registration.web.sessions import browser_of
from verification.models import Check, Review
from verification.services.decide import decide
from verification.services.end_overdue_checks import end_overdue_checks
from verification.services.open_checks import open_checks
from verification.services.run_check import run_check
from verification.sources import Outcome
from verification.states import CheckKind, CheckStatus

pytestmark = pytest.mark.django_db

FIXED = dict(zip((answer if isinstance(answer, str) else "SOURCE_CONFLICT" for _, answer in OUTCOMES), IDENTITIES.values(), strict=True))
IDENTITY, PHONE = CheckKind.AUTHORITY_IDENTITY, CheckKind.AUTHORITY_PHONE


@dataclass(frozen=True)
class Failure:
    """How it comes about, and a part of each text."""

    code: str
    way: str
    person: str
    person_zh: str
    staff: str
    staff_zh: str


# fmt: off
TABLE = [Failure(*row) for row in (
    (
        "MISMATCH_NAME",
        "identity",
        "somebody at the operator looks at it and tells you if anything is needed.",
        "运营商工作人员会查看，如需您配合会告知您。",
        "The source knows the ID number under another name.",
        "核验源记录中该身份证号对应另一姓名。",
    ),
    (
        "MISMATCH_ID",
        "identity",
        "somebody at the operator looks at it and tells you if anything is needed.",
        "运营商工作人员会查看，如需您配合会告知您。",
        "The source knows the name under another ID number.",
        "核验源记录中该姓名对应另一身份证号。",
    ),
    (
        "MISMATCH_BOTH",
        "identity",
        "somebody at the operator looks at it and tells you if anything is needed.",
        "运营商工作人员会查看，如需您配合会告知您。",
        "Neither name nor ID number agrees with the source's record.",
        "姓名和身份证号均与核验源记录不符。",
    ),
    (
        "MISMATCH_UNSPECIFIED",
        "identity",
        "somebody at the operator looks at it and tells you if anything is needed.",
        "运营商工作人员会查看，如需您配合会告知您。",
        "The source says that the details do not match, and not which (or not whether it knows the person at all).",
        "核验源只答复信息不一致，未说明是哪一项（也未说明是否有此人记录）。",
    ),
    (
        "NO_RECORD",
        "identity",
        "somebody at the operator looks at it and tells you if anything is needed.",
        "运营商工作人员会查看，如需您配合会告知您。",
        "The source has no record of this ID number.",
        "核验源没有该身份证号的记录。",
    ),
    (
        "TOO_NEW",
        "identity",
        "somebody at the operator looks at it.",
        "运营商工作人员会查看。",
        "Too new for any source that was asked.",
        "证件太新，所有被查询的核验源均无记录。",
    ),
    (
        "UNSUPPORTED_SEGMENT",
        "phone",
        "somebody at the operator looks at it.",
        "运营商工作人员会查看。",
        "No source that was asked covers this number segment.",
        "被查询的核验源均不覆盖该号段。",
    ),
    (
        "PORTED_RETRY_OTHER",
        "phone",
        "somebody at the operator looks at it.",
        "运营商工作人员会查看。",
        "The number was ported, and no other source that was asked knows it.",
        "号码已携转，其他被查询的核验源也没有记录。",
    ),
    (
        "NUMBER_INACTIVE",
        "phone",
        "somebody at the operator looks at it.",
        "运营商工作人员会查看。",
        "The source says that the phone number is not in use.",
        "核验源称该手机号未在使用。",
    ),
    (
        "NUMBER_RECYCLED",
        "phone",
        "somebody at the operator looks at it and tells you if anything is needed.",
        "运营商工作人员会查看，如需您配合会告知您。",
        "The source says that the phone number has passed to another person.",
        "核验源称该手机号已转由他人使用。",
    ),
    (
        "INPUT_INVALID_PHONE",
        "phone",
        "you may apply again with another.",
        "您也可以换一个号码重新申请。",
        "The source refuses the phone number's form.",
        "核验源不接受该手机号的格式。",
    ),
    (
        "INPUT_INVALID_ID",
        "identity",
        "Please compare it with your ID card and send your details again.",
        "请与身份证核对后重新提交信息。",
        "The source refuses the ID number's form although its check digit is right.",
        "身份证号校验码正确，但核验源不接受其格式。",
    ),
    (
        "INPUT_INVALID_NAME",
        "identity",
        "Please enter it exactly as on your ID card, without titles or spaces, and send it again.",
        "请按身份证上的写法填写，不加称谓或空格，然后重新提交。",
        "The source refuses the name's form:",
        "核验源不接受姓名的格式：",
    ),
    (
        "SOURCE_BUSY",
        "authority, until the deadline",
        "somebody at the operator takes over.",
        "运营商工作人员会接手处理。",
        "Every source was busy until the deadline.",
        "直到期限截止，所有核验源均繁忙。",
    ),
    (
        "SOURCE_DOWN",
        "the source is down until the deadline",
        "somebody at the operator takes over.",
        "这不会对您不利，工作人员会接手处理。",
        "A source gave no usable answer before the deadline.",
        "核验源在期限内没有给出可用的答复。",
    ),
    (
        "SOURCE_CONFLICT",
        "identity",
        "somebody at the operator clears it up.",
        "运营商工作人员会核实清楚。",
        "The sources contradict each other:",
        "核验源答复互相矛盾：",
    ),
    (
        "QUOTA_PARTNER",
        "our budget is used up until the deadline",
        "somebody at the operator takes over.",
        "运营商工作人员会接手处理。",
        "Our budget or quota at the sources was used up until the deadline:",
        "直到期限截止，我方在核验源的预算或配额均已用完：",
    ),
    (
        "QUOTA_SUBJECT",
        "asked too often",
        "Somebody at the operator looks at it.",
        "运营商工作人员会查看。",
        "The day's budget of questions about one person is used up:",
        "对同一人的当日查询次数已用完：",
    ),
    (
        "CONSENT_MISSING",
        "identity",
        "Give it again, or visit a shop with your ID card.",
        "请重新授权，或携带身份证到营业厅办理。",
        "The consent for identity data is missing or was withdrawn:",
        "缺少身份信息处理的同意或已撤回：",
    ),
    (
        "SUBJECT_LOCKED",
        "identity",
        "Nothing is lost meanwhile.",
        "您的申请会保留。",
        "The person has locked their identity at the source.",
        "当事人已在核验源锁定其身份。",
    ),
    (
        "PENDING_REVIEW",
        "authority, until the deadline",
        "you need do nothing.",
        "您无需操作。",
        "The source was still reviewing at the deadline.",
        "期限截止时核验源仍在审核。",
    ),
)]
# fmt: on


def reach(failure: Failure, sandbox) -> Application:
    """An application that has failed so, whose other checks passed, and was decided."""
    fixed = failure.way in ("identity", "phone", "authority, until the deadline")
    person = FIXED[failure.code] if fixed else FIXED["MATCH"]
    kind = PHONE if failure.way == "phone" else IDENTITY
    if failure.way == "asked too often":
        set_value(key="sources.subject_budget", value=1)
        _ask(_handed_in(person, IDENTITY), IDENTITY)
    application = _handed_in(person, kind)
    if failure.way == "the source is down until the deadline":
        for service in ("authority", "bureau"):
            sandbox.fault(service, "error")
    elif failure.way == "our budget is used up until the deadline":
        for source in ("population_registry", "credit_bureau"):
            set_value(key=f"sources.{source}.daily_cents", value=0)
    check = _ask(application, kind)
    if "until the deadline" in failure.way:
        assert check.status == CheckStatus.WAITING
        Check.objects.filter(pk=check.pk).update(deadline_at=timezone.now() - timedelta(hours=1))
        assert end_overdue_checks() == 1
    decide(application_id=application.pk)
    application.refresh_from_db()
    return application


def _handed_in(person, kind: CheckKind) -> Application:
    application = make.submitted(name=person.name, id_number=person.id_number)
    open_checks(application_id=application.pk)
    Check.objects.filter(application=application).exclude(kind=kind).update(status=CheckStatus.PASSED)
    return application


def _ask(application: Application, kind: CheckKind) -> Check:
    check = Check.objects.get(application=application, kind=kind)
    run_check(check_id=check.pk)
    check.refresh_from_db()
    return check


def test_the_table_has_every_failure():
    assert [failure.code for failure in TABLE] == [str(outcome) for outcome in Outcome if outcome != Outcome.MATCH]


@pytest.mark.parametrize("failure", TABLE, ids=lambda failure: failure.code)
def test_person_and_staff_read_what_it_is_and_what_to_do(failure, sandbox):
    """P-VER-6, P-REG-8: on the status page and on the reviewer's, in both languages."""
    for reason in ("input_invalid_id", "input_invalid_name"):
        # as compliance may set it, so that staff see these too; the person's text is the same
        set_value(key=f"verification.outcome.{reason}", value="review")

    application = reach(failure, sandbox)

    review = Review.objects.open().get(application=application)
    for language, person, staff in (("en", failure.person, failure.staff), ("zh-hans", failure.person_zh, failure.staff_zh)):
        status = browser_of(application, language=language).get("/register/status")
        assert person in unescape(status.content.decode())
        reviewer = desk.signed_in(Role.SENIOR_REVIEWER)
        case = reviewer.get(f"/admin/verification/review/{review.pk}/case/", headers={"accept-language": language})
        assert staff in unescape(case.content.decode())
