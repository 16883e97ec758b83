"""What is kept how long: the rules (table.py and those of the floors above), the runner, and the holds that win over both."""

from registration.retention.base import Act, Rule, register, rules

__all__ = ["Act", "Rule", "register", "rules"]
