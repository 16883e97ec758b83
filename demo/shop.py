"""`python -m demo.shop`: one dealer, its shop, the demo clerk's posting there, and a code that makes a browser the shop's tablet."""

import os
import sys
from datetime import timedelta


def main() -> int:
    """Make them (again) and print how to begin; 1 where the demo staff are missing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "realname.settings")
    import django

    django.setup()
    from realname.access.models import Role, Staff

    clerk = Staff.objects.filter(username="clerk", role=Role.CLERK).first()
    if clerk is None:
        print("There is no demo clerk: manage.py demo_staff makes one.", file=sys.stderr)
        return 1
    print(open_demo_shop(clerk, base_url=os.environ.get("BASE_URL", "")))
    return 0


def open_demo_shop(clerk, *, base_url: str) -> str:
    """The rows, and the line that tells of them."""
    from django.utils import timezone

    from realname.access.actor import SYSTEM
    from registration.models import ClerkPosting, Dealer, Shop
    from registration.services.shop.enrol_device import offer_device
    from registration.services.shop.keep_dealers import sign_dealer
    from registration.services.shop.keep_postings import post_clerk
    from registration.services.shop.keep_shops import open_shop

    today = timezone.localdate()
    contract = {"contract_from": today.replace(day=1), "contract_to": today + timedelta(days=365)}
    name, place = "示例通信代理商", {"name": "示例营业厅", "address": "北京市东城区示例路2号", "region": "北京市"}
    dealer = Dealer.objects.filter(name=name).first() or sign_dealer(actor=SYSTEM, name=name, **contract)
    shop = Shop.objects.filter(dealer=dealer, name=place["name"]).first() or open_shop(actor=SYSTEM, dealer=dealer, **place)
    if not ClerkPosting.objects.active().filter(shop=shop, clerk=clerk).exists():
        post_clerk(actor=SYSTEM, shop=shop, clerk=clerk, begins=today)
    device, code = offer_device(actor=SYSTEM, shop_id=shop.pk, label=f"Tablet {today:%m-%d}")
    until = timezone.localtime(device.code_expires_at)
    return f"Shop           {base_url}/admin/registration/dealer/shop/   sign in as clerk, enrol with {code} (once, until {until:%H:%M})"


if __name__ == "__main__":
    sys.exit(main())
