"""Accounts: people who sign in to do something for the city."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models

from rencheng.foundation.memory.clock import now
from rencheng.foundation.memory.fields import InstantField


class Account(AbstractUser):
    """A sign-in, with the reader's language and text size."""

    language = models.CharField(max_length=8, blank=True, default="")
    large_text = models.BooleanField(default=False)
    date_joined = models.DateTimeField(null=True, editable=False)  # type: ignore[assignment]

    class Meta:
        db_table = "guard_account"

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - handed on as it came
        """Store the account, dated by the clock of the house when it is new."""
        # Not the column's default: Django makes an account before there is a clock, to look at it.
        if self.date_joined is None:
            self.date_joined = now()
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class SignInTry(models.Model):
    """
    A try to sign in that has not succeeded.

    ``who`` is a keyed digest of account name and address: people type passwords into the wrong
    box, and nothing they type there is kept.
    """

    id = models.BigAutoField(primary_key=True)
    who = models.CharField(max_length=64)
    at = InstantField()

    class Meta:
        db_table = "guard_sign_in_try"
        indexes = [
            models.Index(fields=["who", "at"], name="sign_in_try_who"),
            models.Index(fields=["at"], name="sign_in_try_at"),
        ]

    def __str__(self) -> str:
        return f"{self.who[:8]} {self.at}"
