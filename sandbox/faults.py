"""Faults that can be switched on, per service, so that callers meet bad weather on purpose."""

import threading
from collections import Counter
from dataclasses import asdict, dataclass

from sandbox.state import Invalid

SERVICES = ("authority", "bureau", "operators", "enterprises", "sms", "voice", "receipts")
# kind -> (what it does, in Chinese and English)
KINDS = {
    "none": ("正常", "works"),
    "latency": ("延迟后应答", "answers late, by the milliseconds given"),
    "error": ("返回 5xx 错误", "answers with the 5xx status given"),
    "garbage": ("返回乱码", "answers with bytes that are not JSON"),
    "huge": ("返回超大内容", "answers with a megabyte"),
    "hang": ("挂起不答", "does the work, then never answers"),
    "wrong_signature": ("签名错误", "signs its answer wrongly"),
    "slow_drip": ("逐字节慢速返回", "sends one byte per the milliseconds given"),
    "redirect": ("重定向", "answers with a redirect elsewhere"),
    "twice": ("重复", "of receipts: reports twice"),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One switched-on fault. `times` is how many requests it still strikes; 0 means until it is switched off."""

    kind: str = "none"
    milliseconds: int = 200
    status: int = 503
    times: int = 0

    @classmethod
    def read(cls, item: object) -> "Fault":
        """From JSON or a form. Raises Invalid."""
        if not isinstance(item, dict) or item.get("kind") not in KINDS:
            raise Invalid(f"A fault is an object whose kind is one of {', '.join(KINDS)}.")
        try:
            numbers = {key: int(item[key]) for key in ("milliseconds", "status", "times") if item.get(key) not in (None, "")}
        except (TypeError, ValueError):
            raise Invalid("milliseconds, status and times are whole numbers.") from None
        fault = cls(kind=item["kind"], **numbers)
        if not (0 <= fault.milliseconds <= 120_000 and 500 <= fault.status <= 599 and 0 <= fault.times <= 1_000_000):
            raise Invalid("milliseconds are 0 to 120000, status 500 to 599, times 0 to 1000000.")
        return fault


class Faults:
    """The switches, and how many requests each service has had. Kept in memory: a restart is good weather."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults = dict.fromkeys(SERVICES, Fault())
        self._requests: Counter[str] = Counter()

    def switch(self, changes: object) -> None:
        """Set faults by service; the services not named keep theirs. Raises Invalid, and then changes nothing."""
        if not isinstance(changes, dict) or not set(changes) <= set(SERVICES):
            raise Invalid(f"Faults are given by service: {', '.join(SERVICES)}.")
        read = {service: Fault.read(item) for service, item in changes.items()}
        with self._lock:
            self._faults.update(read)

    def strike(self, service: str) -> Fault:
        """Count a request and answer the fault that strikes it."""
        with self._lock:
            self._requests[service] += 1
            fault = self._faults[service]
            if fault.times:
                left = fault.times - 1
                self._faults[service] = Fault(fault.kind, fault.milliseconds, fault.status, left) if left else Fault()
            return fault

    def current(self, service: str) -> Fault:
        """The fault switched on now."""
        with self._lock:
            return self._faults[service]

    def report(self) -> dict:
        """Faults and counts, for JSON."""
        with self._lock:
            return {name: asdict(fault) | {"requests": self._requests[name]} for name, fault in self._faults.items()}
