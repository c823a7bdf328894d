"""Who may ask the API what."""

from django.http import HttpRequest
from ninja.security import SessionAuth

from rencheng.foundation.guard.models import Account
from rencheng.foundation.web.access import is_staff
from rencheng.kernel.errors import NotAllowed


class StaffOnly(SessionAuth):
    """Lets signed-in staff in; strangers get 401, others 403."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Account | None:
        """Give the account, None for strangers."""
        del key  # the session has told who it is
        if not isinstance(request.user, Account):
            return None
        if not is_staff(request):
            raise NotAllowed("this is for staff; your account has another role")
        return request.user


staff_only = StaffOnly()


def require_staff(request: HttpRequest, what: str) -> None:
    """
    Refuse everybody but staff, where only part of an operation's answers are closed.

    Raises
    ------
    NotAllowed
        If the reader is not staff; ``what`` names the thing.
    """
    if not is_staff(request):
        raise NotAllowed(f"{what} is not open; sign in as staff")
