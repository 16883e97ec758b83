"""Demo staff: one account for each role, with known passwords and second factors. For development machines only."""

from base64 import b32encode
from time import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from realname.access.demo_accounts import key_of, password_of
from realname.access.models import Role, Staff

# (user name, role, family name, given name)
ACCOUNTS = (
    ("reviewer", Role.REVIEWER, "林", "晓"),
    ("reviewer2", Role.REVIEWER, "周", "宁"),
    ("senior", Role.SENIOR_REVIEWER, "陈", "静"),
    ("risk", Role.RISK_OFFICER, "吴", "凯"),
    ("compliance", Role.COMPLIANCE, "郑", "文"),
    # what needs two of them: policy is published, and a legal hold lifted, by another than who drafted or placed it
    ("compliance2", Role.COMPLIANCE, "冯", "琳"),
    ("clerk", Role.CLERK, "孙", "悦"),
    ("sales", Role.SALES_MANAGER, "马", "骏"),
    ("enterprise", Role.ENTERPRISE_CLERK, "钱", "敏"),
    ("admin", Role.ADMINISTRATOR, "何", "平"),
)
STEP = 30  # seconds a code is valid, RFC 6238


class Command(BaseCommand):
    """Make the accounts (again), and print how to sign in."""

    help = "Makes demo staff of every role with known passwords. Development machines only."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--codes` changes nothing."""
        parser.add_argument("--codes", action="store_true", help="only print the table with the codes valid now")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuses where keys and passwords could meet real persons."""
        if not settings.DEVELOPMENT:
            raise CommandError("Demo staff have known passwords. They are made on development machines only (REALNAME_DEVELOPMENT=1).")
        if not options["codes"]:
            for username, role, family, given in ACCOUNTS:
                make_account(username=username, role=role, family=family, given=given)
        self._print_table()

    def _print_table(self) -> None:
        self.stdout.write(f"{'user':<12}{'role':<18}{'password':<26}{'TOTP secret':<34}code (valid {STEP - int(time()) % STEP} s)")
        for username, role, *_ in ACCOUNTS:
            key = key_of(username)
            secret = b32encode(key).decode()
            self.stdout.write(f"{username:<12}{role:<18}{password_of(username):<26}{secret:<34}{totp(key):06d}")


@transaction.atomic
def make_account(*, username: str, role: Role, family: str, given: str) -> Staff:
    """The account with its known password and second factor; one that is there is set right."""
    staff, _ = Staff.objects.get_or_create(username=username)
    staff.is_staff, staff.is_active, staff.role = True, True, role
    staff.last_name, staff.first_name = family, given
    if not staff.check_password(password_of(username)):
        staff.set_password(password_of(username))
    staff.save()
    key = key_of(username).hex()
    TOTPDevice.objects.filter(user=staff).exclude(key=key, confirmed=True).delete()
    TOTPDevice.objects.get_or_create(user=staff, key=key, defaults={"name": "demo", "confirmed": True})
    return staff
