"""The guard's door for others."""

from collections.abc import Collection

from rencheng.foundation.guard.models import Account
from rencheng.foundation.guard.throttle import succeeded, try_sign_in

__all__ = ["account_names", "staff_names", "succeeded", "try_sign_in"]


def account_names(account_ids: Collection[int]) -> dict[int, str]:
    """Give the names of accounts by number; those that are gone are left out."""
    return {account.pk: str(account) for account in Account.objects.filter(pk__in=account_ids)}


def staff_names() -> dict[int, str]:
    """Give the names of all staff who may sign in, by number, in order of name."""
    staff = Account.objects.filter(is_staff=True, is_active=True).order_by("username")
    return {account.pk: str(account) for account in staff}
