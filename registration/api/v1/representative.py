"""Who acts for the person: a phone of their own. Their document and details are the other party's of evidence.py (R-03, R-12)."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from registration.api.v1 import shapes, states
from registration.api.v1.base import ApplicationView
from registration.api.v1.begin import digits
from registration.api.v1.describe import HEADERS, KEY, PROBLEMS
from registration.api.v1.idempotency import idempotent
from registration.services.parties.prove_own_phone import prove_own_phone, share_phone
from registration.states import Party


class OwnPhone(ApplicationView):
    """The proof that the number is theirs who act."""

    party = Party.REPRESENTATIVE

    @extend_schema(parameters=[*HEADERS, KEY], request=shapes.Code, responses={200: shapes.ApplicationState, **PROBLEMS})
    @idempotent()
    def post(self, request: Request, application_id: str) -> Response:
        """Enter the digits."""
        self.need_editable()
        entered = digits(self.read(shapes.Code)["code"])
        return Response(states.application_state(prove_own_phone(**self.whose, entered=entered)))


class SharePhone(ApplicationView):
    """One phone for both."""

    party = Party.REPRESENTATIVE

    @extend_schema(parameters=[*HEADERS, KEY], request=None, responses={200: shapes.ApplicationState, **PROBLEMS})
    @idempotent()
    def post(self, request: Request, application_id: str) -> Response:
        """The number that was proven first is theirs, too: of a guardian, or where another number is registered."""
        self.need_editable()
        return Response(states.application_state(share_phone(**self.whose)))
