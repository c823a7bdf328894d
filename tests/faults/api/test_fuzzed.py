"""The JSON API under made-up requests: no server error, and every answer as it was promised."""

import warnings
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable

with warnings.catch_warnings():
    # Warns of its own dependencies; what we write of it is still looked at.
    warnings.simplefilter("ignore")
    import schemathesis
    from schemathesis.checks import (
        content_type_conformance,
        not_a_server_error,
        response_schema_conformance,
        status_code_conformance,
    )
    from schemathesis.generation import GenerationMode

from rencheng.assembly.wsgi import application
from rencheng.foundation.guard.models import Account
from rencheng.foundation.memory.indicators.api import derive_pending
from rencheng.foundation.memory.journal.api import Statement, append
from rencheng.foundation.memory.kinds import all_kinds
from rencheng.foundation.memory.sources.api import SourceSpec, declare
from rencheng.foundation.places import api as places
from rencheng.kernel.time import day_end, day_start
from rencheng.kernel.words import Words

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::DeprecationWarning:jsonschema.*"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning:schemathesis.*"),
]


def _sound(found: Any) -> Any:
    return found.ok()


SCHEMA = schemathesis.openapi.from_wsgi("/api/openapi.json", application)
OPERATIONS = {
    f"{one.method.upper()} {one.path}": one
    for one in (_sound(found) for found in SCHEMA.get_all_operations())
}
# Routers of the house itself; services promise their own status codes as they see fit.
OURS = ("/api/catalogue", "/api/places", "/api/sources", "/api/ledger", "/api/indicators",
        "/api/figures")  # fmt: skip
ZONE = "Asia/Shanghai"


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """Keep the test's transaction open between requests, as Django's own client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def staff_cookies(db: None) -> dict[str, str]:
    """Give the cookies of a browser in which staff is signed in."""
    client = Client()
    client.force_login(Account.objects.create_user("wang", is_staff=True))
    return {name: morsel.value for name, morsel in client.cookies.items()}


@pytest.fixture(autouse=True)
def house(db: None) -> None:
    """Give the house something to answer with: places, and one week of every kind."""
    places.upsert(
        pl.DataFrame(
            {
                "code": ["100000", "420000", "420100", "B-1"],
                "name_zh": ["中国", "湖北省", "武汉市", "一号楼"],
                "level": ["country", "province", "city", "building"],
                "parent": [None, "100000", "420000", "420100"],
            }
        )
    )
    source = declare(SourceSpec(name="fuzz", title=Words("试", "Trial"), trusted=True))
    for kind in all_kinds():
        value = {field.name: 3 for field in kind.fields if field.parse("3") == 3}
        append(
            source,
            kind,
            [
                Statement(
                    value=value,
                    event_at=day_start(date(2020, 2, 10) + timedelta(days=n), ZONE),
                    published_at=day_end(date(2020, 2, 10) + timedelta(days=n), ZONE),
                    place_id=places.get(code).id,
                )
                for n in range(7)
                for code in ("100000", "420000", "420100")
            ],
        )
    derive_pending()


def fuzz(operation: Any, mode: GenerationMode, cookies: dict[str, str], examples: int) -> None:
    checks = [not_a_server_error, response_schema_conformance, content_type_conformance]
    if operation.path.startswith(OURS):
        checks.append(status_code_conformance)

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def run(case: Any) -> None:
        # Nobody unpacks answers on this way.
        answer = case.call(cookies=cookies, headers={"Accept-Encoding": "identity"})
        case.validate_response(answer, checks=checks)

    run()


def fuzz_both_ways(name: str, cookies: dict[str, str], examples: int) -> None:
    for who, share in ((cookies, examples), ({}, examples // 2)):
        fuzz(OPERATIONS[name], GenerationMode.POSITIVE, who, share)
        # Where nothing can be asked wrongly there is no wrong request to make up.
        with suppress(Unsatisfiable):
            fuzz(OPERATIONS[name], GenerationMode.NEGATIVE, who, share)


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_no_request_breaks_an_operation(name: str, staff_cookies: dict[str, str]) -> None:
    fuzz_both_ways(name, staff_cookies, 20)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_no_request_breaks_an_operation_in_depth(name: str, staff_cookies: dict[str, str]) -> None:
    fuzz_both_ways(name, staff_cookies, 200)


def test_every_operation_of_the_house_is_tried() -> None:
    assert len(OPERATIONS) >= 10
    assert {prefix for prefix in OURS if any(prefix in name for name in OPERATIONS)} == {*OURS}
