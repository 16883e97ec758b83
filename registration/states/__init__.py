"""What can be: values and allowed moves of everything in registration, by subject."""

from registration.states.account import RIGHTS_MOVES, CodePurpose, RightsKind, RightsStatus, SignInEnd, SignInWay
from registration.states.application import (
    APPLICATION_MOVES,
    ApplicationStatus,
    ApplyChannel,
    ConsentPurpose,
    Party,
    Representation,
    StatementWay,
    VerificationPath,
)
from registration.states.captures import CaptureKind, CaptureStatus, ChallengeKind, ChallengeStep
from registration.states.lines import LINE_MOVES, NUMBER_MOVES, EndReason, HoldScope, LineStatus, NumberStatus, NumberWay, Pattern
from registration.states.messages import DELIVERY_MOVES, Channel, DeliveryStatus, FailureCause
from registration.states.organisations import (
    BULK_MOVES,
    CORRECTION_MOVES,
    ORGANISATION_MOVES,
    BulkStatus,
    CorrectionStatus,
    OrganisationImageKind,
    OrganisationReason,
    OrganisationStatus,
)
from registration.states.shops import DEALER_MOVES, DealerReason, DealerStatus

__all__ = [
    "APPLICATION_MOVES",
    "ApplicationStatus",
    "ApplyChannel",
    "BULK_MOVES",
    "BulkStatus",
    "CaptureKind",
    "CaptureStatus",
    "ChallengeKind",
    "ChallengeStep",
    "Channel",
    "CodePurpose",
    "ConsentPurpose",
    "DEALER_MOVES",
    "DELIVERY_MOVES",
    "DealerReason",
    "DealerStatus",
    "DeliveryStatus",
    "EndReason",
    "FailureCause",
    "HoldScope",
    "LINE_MOVES",
    "LineStatus",
    "NUMBER_MOVES",
    "NumberStatus",
    "CORRECTION_MOVES",
    "CorrectionStatus",
    "NumberWay",
    "ORGANISATION_MOVES",
    "OrganisationImageKind",
    "OrganisationReason",
    "OrganisationStatus",
    "Party",
    "Pattern",
    "RIGHTS_MOVES",
    "Representation",
    "RightsKind",
    "RightsStatus",
    "SignInEnd",
    "SignInWay",
    "StatementWay",
    "VerificationPath",
]
