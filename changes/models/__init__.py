"""The nouns of this stage, one a file."""

from changes.models.approval import Approval
from changes.models.change_code import ChangeCode
from changes.models.change_request import ChangeRequest

__all__ = ["Approval", "ChangeCode", "ChangeRequest"]
