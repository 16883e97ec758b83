"""The nouns of this stage, one a file."""

from registration.models.api_access import ApiAccess, KeptAnswer
from registration.models.application import Application
from registration.models.bulk_import import BulkImport, BulkRow
from registration.models.capture import Capture
from registration.models.challenge import Challenge
from registration.models.consent import Consent
from registration.models.data_export import DataExport
from registration.models.dealer import ClerkPosting, Dealer, Shop, ShopDevice, ShopWitness
from registration.models.delivery import Delivery, EarlyReceipt
from registration.models.face_filing import FaceFiling
from registration.models.inbox_notice import InboxNotice
from registration.models.iot_line import IotLine, IotRecheck, IotReport
from registration.models.iot_use import IotUse
from registration.models.legal_hold import LegalHold
from registration.models.line import Line
from registration.models.number import Number
from registration.models.organisation import Organisation, OrganisationCorrection, OrganisationImage
from registration.models.person import Account, Person, Subscriber
from registration.models.phone_code import PhoneCode
from registration.models.representative import Representative
from registration.models.retention_run import RetentionRun, RetentionStop
from registration.models.rights_request import RightsRequest
from registration.models.second_factor import Authenticator, Passkey, RecoveryCode
from registration.models.sign_in import SignIn, SignInAttempt

__all__ = [
    "Account",
    "ApiAccess",
    "Application",
    "Authenticator",
    "BulkImport",
    "BulkRow",
    "Capture",
    "Challenge",
    "ClerkPosting",
    "Consent",
    "DataExport",
    "Dealer",
    "Delivery",
    "EarlyReceipt",
    "InboxNotice",
    "IotLine",
    "IotRecheck",
    "IotReport",
    "IotUse",
    "KeptAnswer",
    "FaceFiling",
    "LegalHold",
    "Line",
    "Number",
    "Organisation",
    "OrganisationCorrection",
    "OrganisationImage",
    "Passkey",
    "Person",
    "PhoneCode",
    "RecoveryCode",
    "Representative",
    "RetentionRun",
    "RetentionStop",
    "RightsRequest",
    "Shop",
    "ShopDevice",
    "ShopWitness",
    "SignIn",
    "SignInAttempt",
    "Subscriber",
]
