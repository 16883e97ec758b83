"""One request to register a line for a person."""

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from realname.states import StateMixin
from realname.vault.blind_index import BlindIndexField
from realname.vault.erase import erased_keys
from realname.vault.fields import EncryptedTextField
from registration.models.dealer import Dealer, Shop, ShopDevice
from registration.models.identity import Identity
from registration.models.organisation import Organisation
from registration.models.person import Person
from registration.states import (
    APPLICATION_MOVES,
    ApplicationStatus,
    ApplyChannel,
    NumberWay,
    OrganisationStatus,
    Party,
    Representation,
    StatementWay,
    VerificationPath,
)

# no 0/O, 1/I/L: people read it out on the telephone
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_reference() -> str:
    """A reference people can read out, e.g. `RN-7K2M9QXH` (31^8 of them)."""
    return "RN-" + "".join(secrets.choice(_ALPHABET) for _ in range(8))


class ApplicationQuerySet(models.QuerySet):
    """Adjectives of applications."""

    def open(self) -> "ApplicationQuerySet":
        """Still on their way."""
        return self.filter(status__in=ApplicationStatus.open())

    def stale(self) -> "ApplicationQuerySet":
        """Unfinished past their day: drafts and unanswered resubmissions."""
        return self.filter(status__in=ApplicationStatus.editable(), expires_at__lt=timezone.now())

    def readable(self) -> "ApplicationQuerySet":
        """Of people who were not erased: of those nothing can be read any more (R-28)."""
        return self.filter(~models.Exists(erased_keys().filter(person_id=models.OuterRef("person_id"))))


class Application(StateMixin, Identity):
    """One request to register a line for a person."""

    machine = APPLICATION_MOVES

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(_("reference"), max_length=16, unique=True, default=new_reference)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="applications", verbose_name=_("person"))
    status = models.CharField(_("status"), max_length=24, choices=ApplicationStatus.choices, default=ApplicationStatus.DRAFT)
    path = models.CharField(_("way of verification"), max_length=16, choices=VerificationPath.choices, default=VerificationPath.FACE)
    statement_way = models.CharField(max_length=16, choices=StatementWay.choices, blank=True)
    # who acts for them, where they do not come themselves; then there is a Representative
    representation = models.CharField(_("representation"), max_length=16, choices=Representation.choices, blank=True)
    channel = models.CharField(_("channel"), max_length=16, choices=ApplyChannel.choices, default=ApplyChannel.WEB)
    # in a shop: who helped, where, on which tablet, and since when; the last ones, the trail has them all
    clerk = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    dealer = models.ForeignKey(Dealer, null=True, on_delete=models.PROTECT, related_name="applications")
    shop = models.ForeignKey(Shop, null=True, on_delete=models.PROTECT, related_name="applications")
    shop_device = models.ForeignKey(ShopDevice, null=True, on_delete=models.PROTECT, related_name="applications")
    # the contracting party of an enterprise line, whose actual user the person is
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="applications")
    # the line of that organisation whose number the person gets: its user until then goes with the activation
    takes_over = models.ForeignKey("registration.Line", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    assisted_at = models.DateTimeField(null=True)
    language = models.CharField(max_length=8, default="zh-hans")
    device = models.CharField(max_length=64, blank=True)
    network = models.CharField(max_length=43, blank=True)  # where it came from, as `network_of` counts places; the trail has the address

    # possession is proven by a one-time code: the number to register, or the contact where a new one is chosen
    phone = EncryptedTextField(null=True)
    phone_index = BlindIndexField(of="phone", null=True)
    phone_proven_at = models.DateTimeField(null=True, blank=True)
    number_way = models.CharField(_("way of the number"), max_length=8, choices=NumberWay.choices, default=NumberWay.OWN)
    # the number chosen from the stock; whether it is still kept for this application says its reservation (Number.reserved_for)
    chosen_number = EncryptedTextField(null=True)

    # each submission is a round; its checks belong to it
    round = models.PositiveIntegerField(default=0)
    submission_key = models.CharField(max_length=64, blank=True)
    items_to_resubmit = models.JSONField(default=list, blank=True)  # capture kinds or "details"
    reason_codes = models.JSONField(default=list, blank=True)  # why it stands as it stands, for the person and staff

    created_at = models.DateTimeField(_("started"), auto_now_add=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    # a review is demanded once
    review_requested_at = models.DateTimeField(null=True, blank=True)

    # raised when it is resumed elsewhere: browser sessions that carry an older one are over
    session_epoch = models.PositiveIntegerField(default=0)
    # wrong guesses at its ID number by somebody who holds the number and wants to resume it
    resume_attempts = models.PositiveSmallIntegerField(default=0)
    resume_locked_until = models.DateTimeField(null=True, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["-created_at"]
        constraints = [
            # of one number only one application can be on its way (P-REG-5)
            models.UniqueConstraint(
                fields=["phone_index"],
                condition=models.Q(status__in=[str(s) for s in ApplicationStatus.open()], phone_index__isnull=False),
                name="application_once_per_number",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "submitted_at"], name="application_by_status"),
            models.Index(fields=["id_number_index"], name="application_by_identity"),
            # counted by the risk rules
            models.Index(fields=["device", "created_at"], name="application_by_device"),
            models.Index(fields=["network", "created_at"], name="application_by_network"),
            models.Index(fields=["phone_index", "decided_at"], name="application_by_number"),
            # a clerk's own of the day
            models.Index(fields=["clerk", "assisted_at"], name="application_by_clerk"),
        ]

    def __str__(self) -> str:
        return self.reference

    def vault_person_id(self) -> uuid.UUID:
        """Their person's key encrypts it."""
        return self.person_id

    @property
    def present(self) -> Party:
        """Who is there, before the camera."""
        return Party.REPRESENTATIVE if self.representation else Party.PRINCIPAL

    @property
    def parties(self) -> tuple[Party, ...]:
        """Those whose documents it is made with."""
        return (Party.PRINCIPAL, Party.REPRESENTATIVE) if self.representation else (Party.PRINCIPAL,)

    def party(self, party: str) -> Identity:
        """The document and details of this party."""
        return self.representative if party == Party.REPRESENTATIVE else self

    @property
    def editable(self) -> bool:
        """May the person still change it?"""
        return self.status in ApplicationStatus.editable()

    @property
    def rests(self) -> bool:
        """Is its contracting party suspended or over, so that nothing can be done in it?"""
        return self.organisation is not None and self.organisation.status != OrganisationStatus.APPROVED

    @property
    def handed_in(self) -> bool:
        """Is it on its way with us: neither the person's to change, nor over?"""
        return self.status in ApplicationStatus.open() and not self.editable

    @property
    def face_free(self) -> bool:
        """Is it on the path without face recognition (R-33)?"""
        return self.path == VerificationPath.FACE_FREE

    @property
    def by_shop(self) -> bool:
        """Is it without face recognition, by a visit to a shop?"""
        return self.face_free and self.statement_way == StatementWay.SHOP
