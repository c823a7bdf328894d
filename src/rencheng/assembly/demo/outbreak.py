"""What truly happens: a stochastic SEIR epidemic in districts between which people travel."""

from dataclasses import dataclass

import numpy as np

from rencheng.assembly.demo.country import FloatArray, IntArray

LATENT_DAYS = 4.0
INFECTIOUS_DAYS = 5.0
# How much of their contacts people have elsewhere, and how far they usually go.
AWAY = 0.18
USUAL_KM = 35.0


@dataclass(frozen=True, slots=True)
class Course:
    """
    The true course, each of shape ``(n_days, n_districts)``, people.

    ``onsets`` become infectious (and fall ill) on a day; the others stand at its end.
    """

    onsets: IntArray
    susceptible: IntArray
    exposed: IntArray
    infectious: IntArray
    removed: IntArray


def mixing(people: IntArray, centre_km: FloatArray) -> FloatArray:
    """
    Share out the contacts of each district: most at home, the rest by size and nearness.

    Returns
    -------
    share
        Row: who; column: with whom; shape ``(n, n)``, rows add up to 1.
    """
    apart = np.hypot(*(centre_km[:, None, :] - centre_km[None, :, :]).transpose(2, 0, 1))
    pull = people[None, :] * np.exp(-apart / USUAL_KM)
    np.fill_diagonal(pull, 0)
    share = AWAY * pull / pull.sum(axis=1, keepdims=True)
    np.fill_diagonal(share, 1 - AWAY)
    return np.asarray(share, dtype=np.float64)


def spread(
    people: IntArray,
    share: FloatArray,
    reproduction: FloatArray,
    arrivals: IntArray,
    rng: np.random.Generator,
) -> Course:
    """
    Let an infection spread, a day a step.

    Parameters
    ----------
    people
        Of each district, shape ``(n_districts,)``.
    share
        Contacts, as `mixing` gives them.
    reproduction
        People whom one infectious person would infect if all were susceptible, by day and
        district, shape ``(n_days, n_districts)``.
    arrivals
        Residents who come home infected, shape ``(n_days, n_districts)``.

    Returns
    -------
    course
        Law: susceptible + exposed + infectious + removed = people, every day, everywhere.
    """
    susceptible = people.copy()
    exposed, infectious, removed = (np.zeros_like(people) for _ in range(3))
    days: list[tuple[IntArray, ...]] = []
    for ratio, arrived in zip(reproduction, arrivals, strict=True):
        pressure = share @ (ratio / INFECTIOUS_DAYS * infectious / people)
        infected = rng.binomial(susceptible, -np.expm1(-pressure))
        infected = np.minimum(infected + arrived, susceptible)
        onsets = rng.binomial(exposed, -np.expm1(-1 / LATENT_DAYS))
        ended = rng.binomial(infectious, -np.expm1(-1 / INFECTIOUS_DAYS))
        susceptible = susceptible - infected
        exposed = exposed + infected - onsets
        infectious = infectious + onsets - ended
        removed = removed + ended
        days.append((onsets, susceptible, exposed, infectious, removed))
    return Course(*(np.array(column) for column in zip(*days, strict=True)))
