"""Set the parameters of one section in a draft."""

from uuid import UUID

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from realname.access.actor import actor_from_request
from realname.access.guards import desk_page
from realname.policy import access
from realname.policy.desk.finding import find_draft
from realname.policy.desk.forms import SectionForm
from realname.policy.errors import InvalidValue, Refused
from realname.policy.parameters import section_title, sections
from realname.policy.services.edit_draft import edit_draft


@desk_page(access.may_see)
def edit(request: HttpRequest, draft_id: UUID, section: str) -> HttpResponse:
    """Typed fields; what is refused is said at its field."""
    draft = find_draft(draft_id)
    if section not in sections():
        raise Http404
    form = SectionForm(request.POST if request.method == "POST" else None, draft=draft, section=section)
    if form.is_valid():
        try:
            edit_draft(actor=actor_from_request(request), draft_id=draft.pk, revision=form.cleaned_data["revision"], values=form.values())
        except InvalidValue as refusal:
            form.add_error(refusal.key if refusal.key in form.fields else None, refusal.message)
        except Refused as refusal:
            messages.error(request, refusal.message)
            return redirect("admin:policy_draft", draft.pk)
        else:
            messages.success(request, _("The draft is saved."))
            return redirect("admin:policy_draft", draft.pk)
    context = {**admin.site.each_context(request), "title": section_title(section), "draft": draft, "form": form}
    return TemplateResponse(request, "policy/desk/edit.html", context, status=422 if form.errors else 200)
