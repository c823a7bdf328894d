"""Guessing passwords is slow: five wrong tries, then a wait, for each account and address."""

from typing import Final

from django.db import transaction
from django.utils.crypto import salted_hmac

from rencheng.foundation.guard.models import Account, SignInTry
from rencheng.foundation.memory.clock import now_micros
from rencheng.kernel.time import SECOND, Micros, from_micros, to_micros

TRIES: Final = 5
WINDOW: Final[Micros] = 15 * 60 * SECOND


def try_sign_in(name: str, address: str) -> Micros:
    """
    Count a try to sign in before its password is looked at.

    Counted first, so that many guesses at once get no more looks than guesses in a row. Call
    `succeeded` when the password was right.

    Parameters
    ----------
    name
        The account's name as typed; it need not exist.
    address
        Where the try comes from.

    Returns
    -------
    wait
        0 where the password may be checked, else the microseconds until the next try is heard.
        A try that is not heard is not counted.
    """
    who = _who(name, address)
    with transaction.atomic():
        # Tries at one account queue up; SQLite has one writer anyway.
        list(Account.objects.select_for_update().filter(username__iexact=name.strip()))
        # Read once the others are done, or their tries would lie in the future and not count.
        now = now_micros()
        SignInTry.objects.filter(at__lte=from_micros(now - WINDOW)).delete()
        # Tries later than now are of a clock that was since set back; they count no more.
        recent = SignInTry.objects.filter(who=who, at__lte=from_micros(now)).order_by("-at")
        # The fifth newest try decides: when it leaves the window, one more is heard.
        fifth = list(recent.values_list("at", flat=True)[TRIES - 1 : TRIES])
        if fifth:
            return to_micros(fifth[0]) + WINDOW - now
        SignInTry.objects.create(who=who, at=from_micros(now))
    return 0


def succeeded(name: str, address: str) -> None:
    """Forget the tries of somebody who then signed in."""
    SignInTry.objects.filter(who=_who(name, address)).delete()


def _who(name: str, address: str) -> str:
    # Folded, so that another spelling of a name does not earn five more tries.
    text = f"{name.casefold().strip()}\x1f{address}"
    return salted_hmac("rencheng.guard.throttle", text, algorithm="sha256").hexdigest()
