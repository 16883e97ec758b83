"""My inbox."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from registration.inbox import kind_of
from registration.inbox import render as text_of
from registration.models import InboxNotice
from registration.services.account.read_notices import read_notices
from registration.web.account.session import account_page

PER_PAGE = 20


@require_safe
@account_page
def notices(request: HttpRequest) -> HttpResponse:
    """Newest first; what is shown is read."""
    page = Paginator(InboxNotice.objects.filter(person=request.sign_in.person), PER_PAGE).get_page(request.GET.get("page"))
    rows = [_row(notice) for notice in page.object_list]
    read_notices(actor=request.person, notice_ids=[notice.pk for notice in page.object_list])
    return render(request, "registration/web/account/notices.html", {"rows": rows, "page": page})


def _row(notice: InboxNotice) -> dict:
    kind, facts = kind_of(notice.kind), notice.facts or {}
    return {
        "title": text_of(kind.title, facts),
        "text": text_of(kind.text, facts),
        "url": reverse(kind.page) if kind.page else "",
        "at": notice.created_at,
        "new": notice.read_at is None,
    }
