"""How my pages read: language and type size, on all of my devices."""

from django.conf import settings as conf
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import activate, get_language
from django.views.decorators.http import require_http_methods

from realname.ui.views import LARGER_TYPE_COOKIE, SIZES, keep_type_size
from registration.services.account.change_settings import change_settings
from registration.web.account.forms import SettingsForm
from registration.web.account.session import account_page


@require_http_methods(["GET", "HEAD", "POST"])
@account_page
def settings(request: HttpRequest) -> HttpResponse:
    """Choose both; the browser keeps them too, for the pages outside the account."""
    size = request.COOKIES.get(LARGER_TYPE_COOKIE, "")
    form = SettingsForm(request.POST or None, initial={"language": get_language(), "type_size": size if size in SIZES else "normal"})
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "account_page": "settings"}
        return render(request, "registration/web/account/settings.html", context, status=422 if form.errors else 200)
    language, size = form.cleaned_data["language"], form.cleaned_data["type_size"]
    size = size if size in SIZES else ""
    person = change_settings(actor=request.person, language=language, type_size=size)
    # what the page after this one compares with
    request.sign_in.person = person
    request.COOKIES[LARGER_TYPE_COOKIE] = size
    activate(language)
    response = redirect("account:settings")
    response.set_cookie(conf.LANGUAGE_COOKIE_NAME, language, samesite="Lax", secure=conf.SESSION_COOKIE_SECURE)
    keep_type_size(response, size)
    return response
