"""A sales manager keeps dealers, shops and who works there; what is stopped stops at once (R-08, P-REG-6)."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from realname.access.models import Role
from realname.trail.models import Event
from registration.errors import ShopRefused
from registration.models import ClerkPosting, Dealer, Shop
from registration.services.shop.keep_dealers import renew_dealer, sign_dealer
from registration.services.shop.keep_postings import post_clerk, recall_clerk
from registration.services.shop.keep_shops import close_shop, move_shop, open_shop, reopen_shop
from registration.shop_selectors import figures
from tests.factories import access, desk, registration
from tests.factories import shop as make

pytestmark = pytest.mark.django_db
DEALERS, SHOPS, COUNTER = "/admin/registration/dealer/", "/admin/registration/shop/", "/admin/registration/dealer/shop/"
TERMS = {"contract_from": "2026-01-01", "contract_to": "2036-12-31"}


def told(thing) -> list[str]:
    return list(Event.objects.filter(subject_id=str(thing.pk)).order_by("id").values_list("name", flat=True))


def test_from_a_contract_to_a_clerk_at_work():
    """P-REG-6: dealer, shop, posting through the pages; the clerk then works at a tablet; each act is an event."""
    sales, clerk = desk.signed_in(Role.SALES_MANAGER), access.staff(Role.CLERK)
    page = sales.post(f"{DEALERS}sign/", {"name": "远山通信", **TERMS})["Location"]
    dealer = Dealer.objects.get()
    assert page == f"{DEALERS}{dealer.pk}/standing/"
    office = sales.post(f"{DEALERS}{dealer.pk}/open/", {"name": "东门店", "address": "示例路 5 号"})["Location"]
    shop = Shop.objects.get()
    assert office == f"{SHOPS}{shop.pk}/office/"
    assert (
        sales.post(f"{SHOPS}{shop.pk}/post/", {"clerk": clerk.username, "begins": timezone.localdate().isoformat()})["Location"] == office
    )
    assert clerk.username in sales.get(office).content.decode()

    _device, cookie, _clerk = make.tablet(shop, clerk)

    client = desk.signed_in(clerk)
    client.cookies["shop_device"] = cookie
    assert client.post(f"{COUNTER}start/")["Location"] == "/register/consent"
    assert told(dealer) == ["dealer.signed"]
    assert told(shop) == ["shop.opened", "clerk.posted"]
    assert set(Event.objects.filter(subject_id=str(shop.pk)).values_list("actor_id", flat=True)) == {str(sales.user.pk)}


@pytest.mark.parametrize(
    ("_case", "url", "says"),
    [
        ("dealer suspended", "dealer/{dealer}/standing/", "dealer is suspended"),
        ("shop closed", "shop/{shop}/close/", "This shop is closed"),
        ("posting ended", "shop/postings/{posting}/recall/", "do not work in the shop"),
        ("device revoked", "dealer/devices/{device}/revoke/", "not enrolled"),
    ],
)
def test_what_is_stopped_stops_at_once(_case, url, says):
    """R-08: over HTTP, in the middle of an application, which stays as it was."""
    client, station = make.browser()
    shop = station.device.shop
    sales = desk.signed_in(Role.SALES_MANAGER)
    assert client.post(f"{COUNTER}start/")["Location"] == "/register/consent"
    assert client.get("/register/consent").status_code == 200
    posting = shop.postings.get()

    path = url.format(dealer=shop.dealer_id, shop=shop.pk, posting=posting.pk, device=station.device.pk)
    assert sales.post(f"/admin/registration/{path}", {"reason": "investigation"}).status_code == 302

    assert client.get("/register/consent")["Location"] == COUNTER
    assert client.post(f"{COUNTER}start/")["Location"] == COUNTER
    assert says in client.get(COUNTER, headers={"accept-language": "en"}).content.decode()


def test_a_shop_opened_again_goes_on_and_twice_is_once():
    """R-08: with one event for each act."""
    client, station = make.browser()
    shop, actor = station.device.shop, access.staff_actor(access.staff(Role.SALES_MANAGER))
    for _ in range(2):
        close_shop(actor=actor, shop_id=shop.pk)
    assert client.post(f"{COUNTER}start/")["Location"] == COUNTER
    for _ in range(2):
        reopen_shop(actor=actor, shop_id=shop.pk)
    assert client.post(f"{COUNTER}start/")["Location"] == "/register/consent"
    for _ in range(2):
        recall_clerk(actor=actor, posting_id=shop.postings.get().pk)
    assert told(shop)[2:] == ["shop.closed", "shop.reopened", "clerk.recalled"]


def test_a_sales_manager_suspends_and_does_not_reinstate():
    """R-08: on the spot; that it may act again, compliance says."""
    dealer, sales = make.shop().dealer, desk.signed_in(Role.SALES_MANAGER)
    url = f"{DEALERS}{dealer.pk}/standing/"
    sales.post(url, {"reason": "contract"})
    dealer.refresh_from_db()
    assert dealer.status == "suspended"
    sales.post(url, {"reason": "cleared"})
    dealer.refresh_from_db()
    assert dealer.status == "suspended"
    assert told(dealer) == ["dealer.signed", "dealer.suspended"]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SALES_MANAGER])
def test_nobody_else_keeps_them(role):
    """P-ALL-1: refused in the services too, and nothing changes."""
    shop, actor = make.shop(), access.staff_actor(access.staff(role))
    clerk, today = access.staff(Role.CLERK), timezone.localdate()
    posting = post_clerk(actor=make.SYSTEM, shop=shop, clerk=make.clerk(make.shop()), begins=today)
    before = list(Event.objects.values_list("pk", flat=True))
    for act in (
        lambda: sign_dealer(actor=actor, name="新", contract_from=today, contract_to=today),
        lambda: renew_dealer(actor=actor, dealer_id=shop.dealer_id, contract_from=today, contract_to=today),
        lambda: open_shop(actor=actor, dealer=shop.dealer, name="新", address="新"),
        lambda: move_shop(actor=actor, shop_id=shop.pk, address="新", region=""),
        lambda: close_shop(actor=actor, shop_id=shop.pk),
        lambda: reopen_shop(actor=actor, shop_id=shop.pk),
        lambda: post_clerk(actor=actor, shop=shop, clerk=clerk, begins=today),
        lambda: recall_clerk(actor=actor, posting_id=posting.pk),
    ):
        with pytest.raises(ShopRefused, match="shop_sales_only"):
            act()
    assert list(Event.objects.values_list("pk", flat=True)) == before


@pytest.mark.parametrize(
    ("path", "sent", "field"),
    [
        ("dealer/sign/", {"name": "", **TERMS}, "name"),
        ("dealer/sign/", {"name": "x" * 121, **TERMS}, "name"),
        ("dealer/sign/", {"name": "示例", "contract_from": "2026-02-30", "contract_to": "2027-01-01"}, "contract_from"),
        ("dealer/sign/", {"name": "示例", "contract_from": "2027-01-02", "contract_to": "2027-01-01"}, "contract_to"),
        ("dealer/{dealer}/renew/", {"contract_from": "2027-01-02", "contract_to": "2027-01-01"}, "contract_to"),
        ("dealer/{dealer}/open/", {"name": "店", "address": ""}, "address"),
        ("dealer/{dealer}/open/", {"name": "店", "address": "电话 13812345678"}, "address"),
        ("dealer/{dealer}/open/", {"name": "店", "address": "a\x00b"}, "address"),
        ("shop/{shop}/office/", {"address": "新", "region": "x" * 41}, "region"),
        ("shop/{shop}/post/", {"clerk": "nobody", "begins": "2026-11-24"}, "clerk"),
        ("shop/{shop}/post/", {"clerk": "' OR 1=1 --", "begins": "2026-11-24"}, "clerk"),
        ("shop/{shop}/post/", {"clerk": "{clerk}", "begins": "2026-11-24", "ends": "2026-11-23"}, "begins"),
        ("shop/{shop}/post/", {"clerk": "{clerk}", "begins": "24/11/2026"}, "begins"),
        ("shop/{shop}/post/", {"clerk": "{reviewer}", "begins": "2026-11-24"}, "clerk"),
    ],
)
def test_what_can_not_be_is_refused_at_its_field(path, sent, field):
    """R-08: and nothing is changed or told."""
    shop, sales = make.shop(), desk.signed_in(Role.SALES_MANAGER)
    names = {"clerk": access.staff(Role.CLERK).username, "reviewer": access.staff(Role.REVIEWER).username}
    before = (Event.objects.count(), Dealer.objects.count(), Shop.objects.count(), ClerkPosting.objects.count())
    answer = sales.post(
        f"/admin/registration/{path.format(dealer=shop.dealer_id, shop=shop.pk)}",
        {key: value.format(**names) for key, value in sent.items()},
    )
    assert answer.status_code == 422
    forms = [answer.context[name] for name in ("form", "posting", "address") if name in answer.context]
    assert any(field in form.errors for form in forms)
    assert (Event.objects.count(), Dealer.objects.count(), Shop.objects.count(), ClerkPosting.objects.count()) == before


def test_a_name_is_given_once():
    """R-08: another dealer's or shop's terms are not overwritten by signing or opening again."""
    shop, sales = make.shop(), desk.signed_in(Role.SALES_MANAGER)
    dealer = shop.dealer
    assert sales.post(f"{DEALERS}sign/", {"name": dealer.name, **TERMS}).status_code == 422
    assert sales.post(f"{DEALERS}{dealer.pk}/open/", {"name": shop.name, "address": "别处"}).status_code == 422
    dealer.refresh_from_db(), shop.refresh_from_db()
    assert dealer.contract_to != date(2036, 12, 31)
    assert shop.address == "北京市东城区示例路2号"


@pytest.mark.parametrize(
    ("begins", "ends", "meets"),
    [(0, None, True), (-5, 0, True), (-5, -1, False), (3, 4, True), (5, 9, True), (6, None, False), (-9, None, True), (-9, 9, True)],
)
def test_a_clerk_is_posted_once_on_a_day(begins, ends, meets):
    """R-08: against a posting from today to the fifth day after."""
    shop, clerk, today = make.shop(), access.staff(Role.CLERK), timezone.localdate()
    post_clerk(actor=make.SYSTEM, shop=shop, clerk=clerk, begins=today, ends=today + timedelta(days=5))
    days = {"begins": today + timedelta(days=begins), "ends": None if ends is None else today + timedelta(days=ends)}
    if meets:
        with pytest.raises(ShopRefused, match="posting_meets"):
            post_clerk(actor=make.SYSTEM, shop=shop, clerk=clerk, **days)
    else:
        post_clerk(actor=make.SYSTEM, shop=shop, clerk=clerk, **days)
    assert ClerkPosting.objects.count() == (1 if meets else 2)


def test_terms_and_address_are_told_with_what_was_before():
    """R-08: the same again is no change."""
    shop, actor = make.shop(), access.staff_actor(access.staff(Role.SALES_MANAGER))
    first, last = date(2026, 1, 1), date(2030, 1, 1)
    was = shop.dealer.contract_to
    for _ in range(2):
        renew_dealer(actor=actor, dealer_id=shop.dealer_id, contract_from=first, contract_to=last)
        move_shop(actor=actor, shop_id=shop.pk, address="上海市示例路 1 号", region="上海")
    event = Event.objects.get(name="dealer.renewed")
    assert (event.data["to_before"], event.data["contract_to"]) == (was.isoformat(), "2030-01-01")
    assert Event.objects.get(name="shop.moved").data["address_before"] == "北京市东城区示例路2号"


def test_figures_count_what_became_of_applications():
    """R-08: begun, approved, returned and refused, by shop and by clerk; older ones do not count."""
    station, _actor = make.at_counter()
    shop, now = station.device.shop, timezone.now()
    for status, times, days in (
        ("approved", 1, 0),
        ("activated", 2, 1),
        ("needs_resubmission", 1, 2),
        ("rejected", 1, 3),
        ("draft", 0, 31),
    ):
        application = registration.drafted()
        type(application).objects.filter(pk=application.pk).update(
            status=status, round=times, clerk=station.clerk, shop=shop, dealer=shop.dealer, assisted_at=now - timedelta(days=days)
        )
    expected = {"begun": 4, "approved": 2, "returned": 2, "refused": 1}
    assert figures("clerk", shop=shop) == {station.clerk.pk: expected}
    assert figures("shop", dealer=shop.dealer) == {shop.pk: expected}
    assert figures("shop", dealer=make.shop().dealer) == {}


def test_lists_are_searched_and_paged():
    """P-ALL-1: by name of dealer, shop, clerk or device; hostile words find nothing."""
    first, second = make.tablet()[0], make.tablet()[0]
    sales, admin = desk.signed_in(Role.SALES_MANAGER), desk.signed_in(Role.ADMINISTRATOR)
    for client, url in ((sales, DEALERS), (sales, SHOPS), (admin, f"{DEALERS}devices/")):
        page = client.get(url, {"q": first.shop.dealer.name}).content.decode()
        table = page[page.index("<tbody") :]
        assert str(first.shop.name if url != DEALERS else first.shop.dealer.name) in table
        assert str(second.shop.name if url != DEALERS else second.shop.dealer.name) not in table
        for sought in ("' OR 1=1 --", "%", "\\", "x" * 500):
            assert client.get(url, {"q": sought, "page": "99999"}).status_code in (200, 302)
    clerk = first.shop.postings.get().clerk
    assert clerk.username in sales.get("/admin/registration/clerkposting/", {"q": clerk.username}).content.decode()
