"""The reader's own account: password, language, text size."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from rencheng.foundation.web import preferences
from rencheng.foundation.web.access import own, signed_in


class ReadingForm(forms.Form):
    """How the reader wants to read."""

    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)
    large_text = forms.BooleanField(label=gettext_lazy("Large text"), required=False)


@own
@sensitive_post_parameters()
def account(request: HttpRequest) -> HttpResponseBase:
    """Show the account page, or store what its forms say."""
    user = signed_in(request)
    asked = request.POST.get("form") if request.method == "POST" else None
    reading = ReadingForm(
        request.POST if asked == "reading" else None,
        initial={
            "language": user.language or request.LANGUAGE_CODE,
            "large_text": user.large_text,
        },
    )
    password = PasswordChangeForm(user, request.POST if asked == "password" else None)
    if asked == "reading" and reading.is_valid():
        return _keep_reading(request, reading)
    if asked == "password" and password.is_valid():
        password.save()
        # This browser stays signed in; all others are signed out.
        update_session_auth_hash(request, user)
        messages.success(request, _("Your password is changed. Other devices are signed out."))
        return redirect("web:account")
    context = {"reading": reading, "password": password}
    return render(request, "web/account.html", context, status=422 if asked else 200)


def _keep_reading(request: HttpRequest, form: ReadingForm) -> HttpResponse:
    response = redirect("web:account")
    language = form.cleaned_data["language"]
    preferences.remember_language(request, language)
    preferences.remember_large_text(request, response, form.cleaned_data["large_text"])
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=preferences.YEAR_S,
        samesite="Lax",
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )
    return response
