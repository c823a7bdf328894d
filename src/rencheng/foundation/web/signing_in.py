"""Signing in and out."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from rencheng.foundation.guard.api import succeeded, try_sign_in
from rencheng.foundation.memory.clock import now_micros
from rencheng.foundation.web.access import public
from rencheng.foundation.web.preferences import safe_next
from rencheng.foundation.web.requests import address
from rencheng.kernel.time import SECOND, Micros, from_micros


class SignInForm(AuthenticationForm):
    """Account name and password; counts tries before it looks at the password."""

    error_messages = {
        "invalid_login": gettext_lazy(
            "This account name and password do not belong together. Check capital letters and "
            "the input method of your keyboard. If you have forgotten the password, whoever "
            "gave you the account can set a new one."
        ),
        "inactive": gettext_lazy("This account has been closed."),
    }

    def __init__(self, request: HttpRequest, data: QueryDict | None = None) -> None:
        super().__init__(request, data)
        self.wait: Micros = 0
        self.fields["username"].label = gettext_lazy("Account name")
        self.fields["password"].label = gettext_lazy("Password")

    def clean(self) -> dict[str, Any]:
        """Check the password, unless too many wrong ones came before it."""
        name = str(self.cleaned_data.get("username", ""))
        if not name or "password" not in self.cleaned_data:
            return self.cleaned_data
        where = address(self.request) if self.request else ""
        self.wait = try_sign_in(name, where)
        if self.wait:
            raise forms.ValidationError(_wait_in_words(self.wait))
        cleaned = super().clean()
        succeeded(name, where)
        return cleaned


def _wait_in_words(wait: Micros) -> str:
    minutes = max(1, -(-wait // (60 * SECOND)))
    until = timezone.localtime(from_micros(now_micros() + wait))
    return ngettext(
        "Too many wrong tries. Wait %(minutes)d minute; you can try again at %(time)s. "
        "Nobody else is affected.",
        "Too many wrong tries. Wait %(minutes)d minutes; you can try again at %(time)s. "
        "Nobody else is affected.",
        minutes,
    ) % {"minutes": minutes, "time": until.strftime("%H:%M:%S")}


@public
@sensitive_post_parameters("password")
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the sign-in page, or sign in and go on to where the reader was heading."""
    onward = safe_next(request, reverse("web:home"))
    if request.user.is_authenticated:
        return redirect(onward)
    form = SignInForm(request, data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        login(request, form.get_user())
        return redirect(onward)
    context = {"form": form, "next": "" if onward == reverse("web:home") else onward}
    if not form.wait:
        return render(request, "web/sign_in.html", context)
    response = render(request, "web/sign_in.html", context, status=429)
    response.headers["Retry-After"] = str(-(-form.wait // SECOND))
    return response


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out and say so on the home page."""
    logout(request)
    messages.success(request, _("You are signed out."))
    return redirect("web:home")
