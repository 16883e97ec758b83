"""SMPP over TLS: the SMSC is who its certificate says, or nothing is said to it, the password least of all (P-PAR-3)."""

import dataclasses
import time
import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from registration.gateways.base import Outgoing
from registration.gateways.smpp.session import Account, Session, SessionLost
from tests.smpp_tls import Authority, TlsFront

PHONE = "13800000001"


@pytest.fixture
def authority(tmp_path) -> Authority:
    return Authority(tmp_path)


def reached(account: Account, front: TlsFront, ca_file) -> Account:
    return dataclasses.replace(account, port=front.port, tls=True, ca_file=str(ca_file))


def test_texts_and_receipts_pass_through_tls(smsc, authority):
    """To the real server process, with a long text in two parts."""
    front, receipts = TlsFront(smsc.port, authority.certificate()), []
    session = Session(reached(smsc.account, front, authority.file), on_deliver=lambda pdu: receipts.append(pdu) or 0)
    text = "长" * 71
    ids = session.submit(Outgoing(PHONE, text, timezone.now() + timedelta(minutes=5)), key=uuid.uuid4())
    until = time.monotonic() + 5
    while len(receipts) < 2 and time.monotonic() < until:
        session.listen(0.1)
    session.unbind()
    front.close()
    assert len(set(ids)) == len(receipts) == 2
    assert smsc.inbox(PHONE) == [text]
    assert front.heard > 0


@pytest.mark.parametrize("wrong", ["another authority", "another address", "over", "no authority named"])
def test_a_wrong_certificate_is_refused_before_anything_is_said(wrong, smsc, authority, tmp_path):
    """No octet of a bind reaches who stands there."""
    other = Authority(tmp_path, "other")
    certificate = {
        "another address": lambda: authority.certificate(address="127.0.0.2"),
        "over": lambda: authority.certificate(days=-1),
        "another authority": other.certificate,
        "no authority named": authority.certificate,
    }[wrong]()
    front = TlsFront(smsc.port, certificate)
    trusted = "" if wrong == "no authority named" else authority.file
    with pytest.raises(SessionLost) as lost:
        Session(reached(smsc.account, front, trusted), on_deliver=lambda pdu: 0)
    front.close()
    assert lost.value.reason == "certificate"
    assert front.heard == 0


def test_a_plain_server_where_tls_is_asked_for_is_refused(smsc, authority):
    """Nothing falls back to speaking in the clear."""
    account = dataclasses.replace(smsc.account, tls=True, ca_file=str(authority.file))
    with pytest.raises(SessionLost) as lost:
        Session(account, on_deliver=lambda pdu: 0)
    assert lost.value.reason == "unreachable"


def test_an_authority_that_is_no_file_stops_the_start_by_its_name(settings, tmp_path):
    """Else each connection would fail, one after another, and no message would say why."""
    settings.SMPP_HOST, settings.SMPP_SYSTEM_ID, settings.SMPP_CA_FILE = "smsc.example", "realname", str(tmp_path / "none.pem")
    with pytest.raises(ImproperlyConfigured, match="SMPP_CA_FILE"):
        Account.from_settings()
