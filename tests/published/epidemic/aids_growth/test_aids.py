"""Our growth rate beside R's on counts that many textbooks fit."""

from collections.abc import Callable

from rencheng.engines.epidemic.growth import exponential_growth

AUSTRALIA = [0, 1, 2, 3, 1, 4, 9, 18, 23, 31, 20, 25, 37, 45]
BELGIUM = [12, 14, 33, 50, 67, 74, 123, 141, 165, 204, 253, 246, 240]


def test_australia(verdict: Callable[..., None]) -> None:
    verdict("Australia, growth per quarter", ours=float(exponential_growth(AUSTRALIA).rate))


def test_belgium(verdict: Callable[..., None]) -> None:
    verdict("Belgium, growth per year", ours=float(exponential_growth(BELGIUM).rate))
