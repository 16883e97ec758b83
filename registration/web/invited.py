"""The page an invitation leads to: who asks for a line, and the way in. It shows nothing of the person who was meant."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from registration.services.bulk.accept_invitation import open_invitation

# where a browser remembers the invitation until its person agrees
INVITATION_KEY = "invitation"


@require_http_methods(["GET", "HEAD", "POST"])
def invited(request: HttpRequest, row_id: UUID) -> HttpResponse:
    """Opening it does nothing: phones look at links by themselves. Going on leads to the consents (R-26)."""
    row = open_invitation(row_id)
    if row is None:
        return render(request, "registration/web/invited.html", {"organisation": ""}, status=404)
    if request.method == "POST":
        # what this browser was about before is another application
        request.session.pop("application_id", None)
        request.session[INVITATION_KEY] = str(row.pk)
        return redirect("registration:consent")
    return render(request, "registration/web/invited.html", {"organisation": row.bulk_import.organisation.name, "until": row.expires_at})
