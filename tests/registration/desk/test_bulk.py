"""The clerk's pages for lists of people (P-REG-5, P-REG-6)."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from realname.access.models import Role
from registration.bulk.errors import MESSAGES as FILE_MESSAGES
from registration.bulk.report import guarded
from registration.errors import MESSAGES
from registration.models import Application, BulkImport, BulkRow
from registration.services.bulk.work_through import work_through
from registration.states import BulkStatus
from tests.factories.bulk import csv_file, row, the_organisation, uploaded, workbook, worked_through
from tests.factories.desk import signed_in
from tests.factories.organisation import approved

pytestmark = pytest.mark.django_db
UPLOAD = "admin:registration_bulk"


@pytest.fixture
def browser():
    return signed_in(Role.ENTERPRISE_CLERK)


def page(name: str, bulk: BulkImport) -> str:
    return reverse(f"admin:registration_bulk_{name}", args=[bulk.pk])


def upload(browser, content: bytes, **headers):
    return browser.post(
        reverse(UPLOAD), {"organisation": the_organisation().pk, "file": SimpleUploadedFile("list.bin", content)}, **headers
    )


@pytest.mark.parametrize(
    "content", [csv_file(row(), row(name="")), csv_file(row(), row(name=""), encoding="gb18030"), workbook(row(), row(name=""))]
)
def test_upload_look_confirm_and_report(browser, content):
    shown = browser.get(upload(browser, content).url)
    assert shown.status_code == 200
    assert (shown.context["preview"].total, shown.context["preview"].good) == (2, 1)
    assert shown.context["first"][0]["name"] in shown.content.decode() and "王小明" not in shown.content.decode()

    bulk = BulkImport.objects.get()
    browser.post(page("confirm", bulk), {"encoding": bulk.encoding})
    assert b"hx-get" in browser.get(page("import", bulk)).content
    while work_through(import_id=bulk.pk):
        pass

    assert b"hx-get" not in browser.get(page("progress", bulk)).content
    report = browser.get(page("report", bulk))
    rows = list(csv.reader(io.StringIO(report.content.decode("utf-8-sig"))))
    assert [line[:2] for line in rows] == [["row", "code"], ["2", "invited"], ["3", "name_invalid"]]
    assert rows[2][3] == "The name can not be one. Enter it as on the ID card."
    assert "attachment" in report["Content-Disposition"]


def test_its_status_is_told_in_the_list_and_on_its_page(browser):
    upload(browser, csv_file(row()))
    bulk = BulkImport.objects.get()
    assert ">To be confirmed</span>" in browser.get(reverse(UPLOAD), headers={"accept-language": "en"}).content.decode()
    browser.post(page("confirm", bulk), {"encoding": bulk.encoding})
    shown = browser.get(page("import", bulk), headers={"accept-language": "en"}).content.decode()
    assert ">Waiting for a worker</span>" in shown


def test_a_wrong_encoding_is_seen_and_another_can_be_chosen(browser):
    bulk = BulkImport.objects.get(pk=browser.get(upload(browser, csv_file(row(), encoding="gb18030")).url).context["bulk"].pk)

    refused = browser.get(page("import", bulk), {"encoding": "utf-8"})
    assert (refused.status_code, "refusal" in refused.context) == (422, True)
    assert browser.get(page("import", bulk), {"encoding": "gb18030"}).context["preview"].good == 1


def test_columns_that_are_not_known_are_chosen_by_hand_and_known_the_next_time(browser):
    """P-REG-5: nobody has to rename headings in a file that comes from another program."""
    one, other = row(), row()
    headings = ("员工", "部门", "证件编码", "联络方式")
    shown = browser.get(upload(browser, csv_file((one[0], "仓库", *one[1:]), headings=headings)).url)
    bulk = BulkImport.objects.get()

    assert (shown.status_code, shown.context["refusal"]) == (422, str(FILE_MESSAGES["bulk_headers_unknown"]))
    assert "C · 证件编码" in shown.content.decode() and "王小明" not in shown.content.decode()
    browser.post(page("confirm", bulk), {"encoding": "utf-8"})
    bulk.refresh_from_db()
    assert bulk.status == BulkStatus.UPLOADED

    chosen = {"encoding": "utf-8", "name": "0", "id_number": "2", "phone": "3"}
    shown = browser.get(page("import", bulk), chosen)
    assert (shown.status_code, shown.context["preview"].good) == (200, 1)
    assert all(f'name="{meaning}" value="{place}"' in shown.content.decode() for meaning, place in chosen.items())
    browser.post(page("confirm", bulk), chosen)
    while work_through(import_id=bulk.pk):
        pass
    invited = bulk.rows.get()
    assert (invited.outcome, invited.name, invited.id_number, invited.phone) == ("invited", *one)

    again = browser.get(upload(browser, csv_file((other[0], "门市", *other[1:]), headings=headings)).url)
    assert (again.status_code, again.context["preview"].columns) == (200, {"name": 0, "id_number": 2, "phone": 3})
    elsewhere = uploaded(row(), organisation=approved(name="另一家有限公司"), user=browser.user, headings=headings)
    assert browser.get(page("import", elsewhere)).status_code == 422


@pytest.mark.parametrize(
    "chosen",
    [
        {"name": "0", "id_number": "0", "phone": "2"},
        {"name": "0", "id_number": "1", "phone": "3"},
        {"name": "0", "id_number": "1", "phone": "-1"},
        {"name": "0", "id_number": "1", "phone": "x" * 5000},
        {"name": "0", "id_number": "1", "phone": ""},
        {"name": "0", "id_number": "²", "phone": "2"},
        {"name": "0"},
    ],
)
def test_columns_wrongly_chosen_are_told_and_nothing_is_confirmed(browser, chosen):
    bulk = uploaded(row(), user=browser.user)

    shown = browser.get(page("import", bulk), chosen)
    assert (shown.status_code, shown.context["refusal"]) == (422, str(FILE_MESSAGES["bulk_columns"]))
    browser.post(page("confirm", bulk), chosen)
    bulk.refresh_from_db()
    assert (bulk.status, bulk.columns) == (BulkStatus.UPLOADED, {})


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"x" * (4 * 1024 * 1024 + 1),
        b"PK\x03\x04",
        csv_file(row(), headings=row()),
    ],
)
def test_what_is_no_list_is_refused_beside_the_field(browser, content):
    answer = upload(browser, content)

    assert answer.status_code == 422 and answer.context["form"].errors["file"]
    assert not BulkImport.objects.exists()


def test_a_gigabyte_is_refused_by_its_announced_length(browser):
    answer = browser.post(reverse(UPLOAD), b"", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(1024**3))

    assert answer.status_code == 413


def test_confirming_twice_and_cancelling_after_the_end_say_so(browser):
    bulk = worked_through(row(), user=browser.user)

    for act in ("confirm", "cancel"):
        answer = browser.post(page(act, bulk), follow=True)
        assert [message.message for message in answer.context["messages"]] == [str(MESSAGES["bulk_over"])]
    bulk.refresh_from_db()
    assert bulk.status == BulkStatus.DONE


def test_another_clerk_s_list_answers_404(browser):
    bulk = uploaded(row())

    assert [browser.get(page(name, bulk)).status_code for name in ("import", "progress", "report")] == [404] * 3
    assert [browser.post(page(name, bulk)).status_code for name in ("confirm", "cancel")] == [404] * 2


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1"])
def test_nothing_in_a_report_begins_a_formula(text):
    assert guarded(text) == f"'{text}"
    assert guarded("row") == "row"


def test_the_invited_person_goes_on_to_the_consents(client):
    invited = worked_through(row()).rows.get()
    link = reverse("registration:invited", args=[invited.pk])

    shown = client.get(link)
    assert "青石物流有限公司" in shown.content.decode() and invited.name not in shown.content.decode()
    assert not Application.objects.exists()  # phones look at links by themselves

    client.post(link)
    consents = {"terms": "on", "identity": "on", "face": "on", "path": "face"}
    assert client.post(reverse("registration:consent"), consents).url == reverse("registration:phone")
    assert BulkRow.objects.get().application == Application.objects.get()
    assert client.get(link).status_code == 404
