"""The rules, as data. All are asked; each counts things that were done, none looks at who the person is (R-29)."""

from risk.rules.address_burst import AddressBurst
from risk.rules.agent_for_many import AgentForMany
from risk.rules.base import Rule
from risk.rules.code_guessing import CodeGuessing
from risk.rules.device_burst import DeviceBurst
from risk.rules.failed_checks import FailedChecks
from risk.rules.identity_velocity import IdentityVelocity
from risk.rules.repeated_failures import RepeatedFailures
from risk.rules.spoof_signs import SpoofSigns
from risk.rules.virtual_number_segment import VirtualNumberSegment

RULES: tuple[Rule, ...] = (
    RepeatedFailures(),
    IdentityVelocity(),
    FailedChecks(),
    SpoofSigns(),
    AgentForMany(),
    CodeGuessing(),
    DeviceBurst(),
    AddressBurst(),
    VirtualNumberSegment(),
)
