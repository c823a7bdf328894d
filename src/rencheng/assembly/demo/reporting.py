"""What is reported of it: late, fewer at week-ends, recounted, corrected, with a hole or two."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from rencheng.assembly.demo.country import Country, FloatArray, IntArray

# Days from falling ill to being counted, early on and once laboratories had caught up.
DELAY_EARLY = np.array([0.02, 0.05, 0.08, 0.11, 0.13, 0.14, 0.13, 0.11, 0.09, 0.07, 0.04, 0.03])
DELAY_LATER = np.array([0.10, 0.22, 0.26, 0.20, 0.12, 0.06, 0.04])
COUNTED_AT_WEEKENDS = 0.62
CURED_AFTER = 15
DEATH_AFTER = 12
DYING = 0.021


@dataclass(frozen=True, slots=True)
class Plan:
    """
    What happens to the reports, by number of the day (0 is the first).

    On ``recount_day`` the province ``recount_in`` also counts those diagnosed by a doctor without
    a laboratory. On ``audit_day`` the city ``audit_in`` adds deaths found later and takes out
    people counted twice. Of days ``redo`` the city ``redo_in`` publishes other figures on
    ``redo_day``. The district ``silent_in`` says nothing on days ``silent``.
    """

    recount_day: int = 47
    recount_in: str = "960000"
    audit_day: int = 92
    audit_in: str = "960100"
    redo: tuple[int, int] = (60, 66)
    redo_day: int = 68
    redo_in: str = "970100"
    silent: tuple[int, int] = (71, 75)
    silent_in: str = "960204"


PLAN = Plan()


@dataclass(frozen=True, slots=True)
class Reports:
    """
    Totals as published at the end of each day, shape ``(n_days, n_districts)``, people.

    ``waiting`` are suspected on the day. ``unplaced`` (``(n_days,)``) are confirmed in the
    province of the recount but not yet given to a city. ``redone`` are totals of the days of
    `Plan.redo` as published later, shape ``(n_redone, n_districts)``.
    """

    confirmed: IntArray
    cured: IntArray
    dead: IntArray
    waiting: IntArray
    unplaced: IntArray
    redone: IntArray


def reports(onsets: IntArray, first: date, country: Country, rng: np.random.Generator) -> Reports:
    """
    Turn true onsets into the figures that offices publish.

    Parameters
    ----------
    onsets
        People falling ill, shape ``(n_days, n_districts)``.
    first
        The first day, for week-ends.
    """
    days = len(onsets)
    day = np.arange(days)
    found = rng.binomial(onsets, np.interp(day, [0, 30, 60], [0.25, 0.45, 0.75])[:, None])
    early = _later(found * (day < 45)[:, None], DELAY_EARLY, rng)
    counted = early + _later(found * (day >= 45)[:, None], DELAY_LATER, rng)
    counted = _weekends(counted, first, rng)
    ill = np.cumsum(found, axis=0) - np.cumsum(counted, axis=0)
    waiting = rng.binomial(np.maximum(ill, 0), 0.8)
    recount = _recount(onsets - found, country, rng)
    counted[PLAN.recount_day] += recount
    dying = rng.binomial(counted, DYING)
    dead = _later(dying, _after(DEATH_AFTER), rng)
    cured = _later(counted - dying, _after(CURED_AFTER), rng)
    confirmed, cured, dead = (np.cumsum(column, axis=0) for column in (counted, cured, dead))
    confirmed, cured, dead = _audited(confirmed, cured, dead, country)
    begin, end = PLAN.redo
    redone = confirmed[begin:end].copy()
    inside = country.inside(PLAN.redo_in)
    # The figures of those days first lacked a laboratory whose list came late.
    late = np.round(0.07 * redone * inside * np.linspace(0.6, 1, end - begin)[:, None])
    confirmed[begin:end] -= late.astype(np.int64)
    unplaced = _unplaced(recount, days, rng)
    return Reports(confirmed, cured, dead, waiting, unplaced, redone)


def _later(counts: IntArray, delay: FloatArray, rng: np.random.Generator) -> IntArray:
    """Move each person some days on; those past the last day are not seen yet."""
    days = len(counts)
    moved = np.zeros_like(counts)
    spread_out = rng.multinomial(counts, delay / delay.sum())
    for steps in range(min(len(delay), days)):
        moved[steps:] += spread_out[: days - steps, :, steps]
    return moved


def _after(days: int) -> FloatArray:
    """Give a hump of about two weeks around a number of days."""
    step = np.arange(2 * days)
    return np.asarray(np.exp(-0.5 * ((step - days) / (days / 3)) ** 2))


def _weekends(counts: IntArray, first: date, rng: np.random.Generator) -> IntArray:
    """Hold back what offices do not count on Saturday and Sunday until the next day."""
    counts = counts.copy()
    for number in range(len(counts) - 1):
        if (first + timedelta(days=number)).weekday() >= 5:
            left = rng.binomial(counts[number], 1 - COUNTED_AT_WEEKENDS)
            counts[number] -= left
            counts[number + 1] += left
    return counts


def _recount(missed: IntArray, country: Country, rng: np.random.Generator) -> IntArray:
    """Give the people of one province whom doctors had diagnosed in the two weeks before."""
    before = missed[PLAN.recount_day - 14 : PLAN.recount_day].sum(axis=0)
    recounted: IntArray = rng.binomial(before, 0.7) * country.inside(PLAN.recount_in)
    return recounted


def _audited(
    confirmed: IntArray, cured: IntArray, dead: IntArray, country: Country
) -> tuple[IntArray, IntArray, IntArray]:
    """Correct one city on one day: deaths found later come in, people counted twice go out."""
    inside = country.inside(PLAN.audit_in)
    day = PLAN.audit_day
    more_dead = np.round(0.34 * dead[day] * inside).astype(np.int64)
    twice = np.round(0.012 * confirmed[day] * inside).astype(np.int64)
    confirmed, cured, dead = confirmed.copy(), cured.copy(), dead.copy()
    dead[day:] += more_dead
    confirmed[day:] -= twice
    cured[day:] -= more_dead + twice
    return confirmed, np.maximum(cured, 0), dead


def _unplaced(recount: IntArray, days: int, rng: np.random.Generator) -> IntArray:
    """Give people whom the province counts before a city does, for some days after the recount."""
    unplaced = np.zeros(days, dtype=np.int64)
    share = np.array([0.11, 0.08, 0.05, 0.03, 0.01])
    begin = PLAN.recount_day
    unplaced[begin : begin + len(share)] = rng.binomial(recount.sum(), share)
    return unplaced
