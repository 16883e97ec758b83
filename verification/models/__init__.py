"""The nouns of this stage, one a file."""

from verification.models.check import Check
from verification.models.decision import Decision
from verification.models.inquiry import Inquiry
from verification.models.organisation_inquiry import OrganisationInquiry
from verification.models.review import Review
from verification.models.source_standing import SourceStanding

__all__ = ["Check", "Decision", "Inquiry", "OrganisationInquiry", "Review", "SourceStanding"]
