"""A list of people in a real browser, from the file to the report: phone and desk, both languages (P-REG-5)."""

import csv
import io
import threading
import time

import pytest
from django.db import connections

from realname.access.models import Role
from registration.models import BulkImport
from registration.services.bulk import take_over as taking
from registration.services.bulk import work_through as working
from registration.services.bulk.work_through import work_through
from registration.states import BulkStatus
from tests.factories import desk
from tests.factories.bulk import csv_file, row, the_organisation
from tests.journeys.test_clerk_helps import keep, look, opened

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
BASE = "/admin/registration/bulkimport/own/"
HEADINGS = ("员工", "部门", "证件编码", "手机")
GOOD, BAD = 12, 3


@pytest.fixture
def worker(monkeypatch):
    """Somebody who works through what is confirmed, a row at a time, so that the page can be seen to move; ends with the test."""
    monkeypatch.setattr(taking, "CHUNK", 5)
    monkeypatch.setattr(working, "CHUNK", 1)
    may_end, stop = threading.Event(), threading.Event()

    def work() -> None:
        try:
            while not stop.is_set():
                for pk in BulkImport.objects.under_way().values_list("pk", flat=True):
                    # the last third waits until somebody has looked
                    if may_end.is_set() or BulkImport.objects.get(pk=pk).rows.invited().count() < GOOD * 2 // 3:
                        work_through(import_id=pk)
                time.sleep(0.1)
        finally:
            connections.close_all()

    thread = threading.Thread(target=work)
    thread.start()
    yield may_end
    stop.set()
    thread.join()


@pytest.mark.parametrize("size", ["phone", "desk"])
@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_from_the_file_to_the_report(browser, live_server, worker, size, language):
    """Upload, choose a column, look, confirm, watch, take the report away: by forms alone; no page scrolls sideways."""
    people = [(name, "仓库", number, phone) for name, number, phone in [row() for _ in range(GOOD)] + [row(name="")] * BAD]
    the_organisation()
    page = opened(browser, live_server, desk.signed_in(Role.ENTERPRISE_CLERK), size, language)
    look(page, BASE, "bulk-own")
    page.select_option("select[name=organisation]", index=1)
    content = csv_file(*people, headings=HEADINGS, encoding="gb18030")
    page.set_input_files("input[name=file]", {"name": "名单.csv", "mimeType": "text/csv", "buffer": content})
    page.click(".desk-judge button")
    page.wait_for_selector("select[name=id_number]")
    assert page.input_value("select[name=encoding]") == "gb18030"
    assert (page.input_value("select[name=name]"), page.input_value("select[name=phone]")) == ("", "3")
    assert page.locator("form[action$='/confirm/']").count() == 0
    keep(page, "bulk-unknown")
    page.select_option("select[name=name]", "0")
    page.select_option("select[name=id_number]", "2")
    page.click("form.desk-judge button")
    page.wait_for_selector("form[action$='/confirm/']")
    assert "王小明" not in page.content()
    keep(page, "bulk-preview")
    page.click("form[action$='/confirm/'] button")
    page.wait_for_selector("progress")
    # by itself: nobody reloads the page
    page.wait_for_function(f"document.querySelector('progress').value >= {BAD + GOOD // 3}", timeout=60_000)
    keep(page, "bulk-progress")
    worker.set()
    page.wait_for_selector("a[href$='/report/']")
    page.wait_for_function("!document.querySelector('progress')", timeout=60_000)
    keep(page, "bulk-done")
    with page.expect_download() as download:
        page.click("a[href$='/report/']")
    report = list(csv.reader(io.StringIO(download.value.path().read_bytes().decode("utf-8-sig"))))
    page.context.close()

    assert BulkImport.objects.get().status == BulkStatus.DONE
    assert [line[1] for line in report[1:]] == ["invited"] * GOOD + ["name_invalid"] * BAD
