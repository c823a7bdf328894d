"""Who may open a page. Every page says so; a test finds one that does not."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Literal, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase

from rencheng.foundation.guard.models import Account
from rencheng.foundation.web import errors
from rencheng.kernel.errors import NotAllowed

AnyView = TypeVar("AnyView", bound=Callable[..., HttpResponseBase])

AUDIENCE = "rencheng_audience"
EMBEDDABLE = "rencheng_embeddable"


def is_staff(request: HttpRequest) -> bool:
    """Tell whether a request comes from signed-in staff."""
    return request.user.is_authenticated and request.user.is_staff


def public(view: AnyView) -> AnyView:
    """Mark a page that everyone may open without signing in."""
    setattr(view, AUDIENCE, "everyone")
    return view


def staff_only(view: AnyView) -> AnyView:
    """
    Keep a page for signed-in staff.

    A stranger is sent to the sign-in page and comes back afterwards; somebody signed in without
    the right sees what is missing and what to do (403).
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        return refusal(request) or view(request, *args, **kwargs)

    setattr(guarded, AUDIENCE, "staff")
    return cast("AnyView", guarded)


def own(view: AnyView) -> AnyView:
    """Keep a page for whoever is signed in: it shows and changes the reader's own things only."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    setattr(guarded, AUDIENCE, "own")
    return cast("AnyView", guarded)


def signed_in(request: HttpRequest) -> Account:
    """Give the account that is signed in; only where the page is `own` or `staff_only`."""
    if not isinstance(request.user, Account):
        raise NotAllowed("nobody is signed in")
    return request.user


def refusal(request: HttpRequest) -> HttpResponseBase | None:
    """Give the answer to somebody who is not staff, or None for staff."""
    if is_staff(request):
        return None
    if request.user.is_authenticated:
        return errors.no_permission(request)
    return redirect_to_login(request.get_full_path())


def embeddable(view: AnyView) -> AnyView:
    """
    Let other sites show a page in a frame; for public figures only.

    Such a page takes its language from ``?lang=en``, as frames of other sites carry no cookies.
    """
    setattr(view, EMBEDDABLE, True)
    return view


def audience_of(view: Callable[..., Any]) -> Literal["everyone", "staff", "own"] | None:
    """Give whom a page says it is for, or None where it does not say."""
    said: Literal["everyone", "staff", "own"] | None = getattr(view, AUDIENCE, None)
    return said
