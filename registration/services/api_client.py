"""Which apps of the operator may register people: let in with a secret that is said once, and shut out."""

from django.db import transaction
from oauth2_provider.generators import generate_client_secret
from oauth2_provider.models import Application as Client

from realname.access.actor import Actor
from realname.trail import record
from realname.trail.subject import SubjectRef


class ClientUnknown(LookupError):
    """No client has this id."""


@transaction.atomic
def add_client(*, actor: Actor, name: str) -> tuple[Client, str]:
    """A client and its secret, of which only a hash is kept."""
    secret = generate_client_secret()
    client = Client.objects.create(
        name=name,
        client_secret=secret,
        client_type=Client.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Client.GRANT_CLIENT_CREDENTIALS,
    )
    record("api_client.added", actor=actor, subject=_subject(client), data={"name": name})
    return client, secret


@transaction.atomic
def revoke_client(*, actor: Actor, client_id: str) -> None:
    """Shut it out at once, its tokens too. Ids are random and never given again. Raises ClientUnknown."""
    client = Client.objects.select_for_update().filter(client_id=client_id).first()
    if client is None:
        raise ClientUnknown(client_id)
    record("api_client.revoked", actor=actor, subject=_subject(client), data={"name": client.name})
    client.delete()


def _subject(client: Client) -> SubjectRef:
    return SubjectRef(kind="api_client", id=client.client_id)
