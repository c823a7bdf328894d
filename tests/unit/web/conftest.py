"""People who open pages."""

import pytest
from django.test import Client
from pytest_django import Settings

from rencheng.foundation.guard.models import Account
from tests.fixtures.memory import indicators, source

__all__ = ["indicators", "source"]

PASSWORD = "a long and simple sentence"


@pytest.fixture
def staff(db: None) -> Account:
    """Give an account of staff whose password is `PASSWORD`."""
    return Account.objects.create_user("wang", password=PASSWORD, is_staff=True)


@pytest.fixture
def resident(db: None) -> Account:
    """Give an account without the right to staff's pages."""
    return Account.objects.create_user("li", password=PASSWORD)


@pytest.fixture
def stranger() -> Client:
    """Give a browser in which nobody is signed in, reading English."""
    return reader()


@pytest.fixture
def desk(staff: Account) -> Client:
    """Give a browser in which staff is signed in, reading English."""
    client = reader()
    client.force_login(staff)
    return client


def reader(language: str = "en") -> Client:
    """Give a browser that asks for a language."""
    return Client(headers={"Accept-Language": language})


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Settings) -> None:
    """Spare the tests the slowness that keeps guessers out."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
