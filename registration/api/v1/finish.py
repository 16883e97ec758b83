"""The number, the last look, handing in, and what comes after."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from registration.api.v1 import shapes, states
from registration.api.v1.base import ApplicationView
from registration.api.v1.describe import HEADERS, KEY, KEY_NEEDED, PROBLEMS
from registration.api.v1.evidence import checked
from registration.api.v1.idempotency import idempotent
from registration.errors import ReservationRefused
from registration.models import Application
from registration.numbers import PAGE, available_numbers, has_its_number
from registration.services.release_number import release_number
from registration.services.request_review import request_review
from registration.services.reserve_number import reserve_number
from registration.services.submit_application import submit_application
from registration.services.withdraw_application import withdraw_application
from registration.states import NumberWay
from registration.web.s2_number import LONGEST_NUMBER, BrowseForm


class Numbers(ApplicationView):
    """The stock."""

    @extend_schema(parameters=[*HEADERS, shapes.Wish], responses={200: shapes.Stock, **PROBLEMS})
    def get(self, request: Request, application_id: str) -> Response:
        """A page of numbers that can be chosen."""
        self.need_editable()
        wish = checked(BrowseForm(request.query_params))
        after = "".join(char for char in request.query_params.get("after", "") if char in "0123456789")[:LONGEST_NUMBER]
        found = available_numbers(**wish, after=after, limit=PAGE + 1)
        shown = [{"number": one.number, "pattern": str(one.pattern)} for one in found[:PAGE]]
        return Response({"numbers": shown, "next": found[PAGE - 1].number if len(found) > PAGE else ""})


class Number(ApplicationView):
    """Which number it shall be."""

    @extend_schema(parameters=[*HEADERS, KEY], request=shapes.NumberChoice, responses={200: shapes.ApplicationState, **PROBLEMS})
    @idempotent()
    def post(self, request: Request, application_id: str) -> Response:
        """Keep one from the stock, or take the proven one after all."""
        self.need_editable()
        sent = self.read(shapes.NumberChoice)
        if sent["way"] == NumberWay.NEW:
            reserve_number(**self.whose, number=sent.get("number", ""))
            return Response(_state(self.application))
        if not has_its_number(release_number(**self.whose)):
            raise ReservationRefused("own_number_taken")
        return Response(_state(self.application))


class Review(ApplicationView):
    """The last look."""

    @extend_schema(parameters=HEADERS, responses={200: shapes.Review, **PROBLEMS})
    def get(self, request: Request, application_id: str) -> Response:
        """All that will be handed in."""
        return Response(states.review_of(self.need_editable()))


class Submit(ApplicationView):
    """Handing in."""

    @extend_schema(parameters=[*HEADERS, KEY_NEEDED], request=None, responses={202: shapes.ApplicationState, **PROBLEMS})
    @idempotent(required=True)
    def post(self, request: Request, application_id: str) -> Response:
        """Twice is once."""
        self.need_proven()
        handed_in = submit_application(**self.whose, submission_key=request.headers["Idempotency-Key"])
        return Response(states.application_state(handed_in), status=202)


class Withdraw(ApplicationView):
    """Taking it back."""

    @extend_schema(parameters=[*HEADERS, KEY], request=None, responses={200: shapes.ApplicationState, **PROBLEMS})
    @idempotent()
    def post(self, request: Request, application_id: str) -> Response:
        """At any point before approval."""
        self.need_proven()
        return Response(states.application_state(withdraw_application(**self.whose)))


class AskReview(ApplicationView):
    """A person shall decide (R-29)."""

    @extend_schema(parameters=[*HEADERS, KEY], request=None, responses={200: shapes.ApplicationState, **PROBLEMS})
    @idempotent()
    def post(self, request: Request, application_id: str) -> Response:
        """After a refusal, once."""
        self.need_proven()
        return Response(states.application_state(request_review(**self.whose)))


def _state(application: Application) -> dict:
    return states.application_state(Application.objects.get(pk=application.pk))
