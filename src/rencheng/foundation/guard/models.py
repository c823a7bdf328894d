"""Accounts: people who sign in to do something for the city."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models

from rencheng.foundation.memory.clock import now


class Account(AbstractUser):
    """A sign-in, with the reader's language and text size."""

    language = models.CharField(max_length=8, blank=True, default="")
    large_text = models.BooleanField(default=False)
    date_joined = models.DateTimeField(null=True, editable=False)

    class Meta:
        db_table = "guard_account"

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Django calls it
        """Store the account, dated by the clock of the house when it is new."""
        if self.date_joined is None:
            self.date_joined = now()
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return self.get_full_name() or self.username
