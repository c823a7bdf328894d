"""Kinds of jobs made for one test."""

from collections.abc import Callable

import pytest

from rencheng.foundation.jobs import registry
from rencheng.foundation.jobs.spec import JobFunction, JobSpec
from rencheng.kernel.words import Words


@pytest.fixture
def job_kind(monkeypatch: pytest.MonkeyPatch) -> Callable[..., JobSpec]:
    """Give ``job_kind(function, **options)``: a kind of job that this test alone knows."""

    def declare(function: JobFunction, *, name: str = "test.work", **options: object) -> JobSpec:
        spec = JobSpec(name=name, title=Words("测试", "A test"), function=function, **options)  # type: ignore[arg-type]
        monkeypatch.setitem(registry._specs, name, spec)
        return spec

    return declare
