"""The scaling exponent of cumulative cases over provinces."""

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from rencheng.engines.epidemic.scaling import power_law_exponent
from rencheng.foundation.places import api as places
from rencheng.services.monitor.figures import board

pytestmark = pytest.mark.usefixtures("in_epidemics")


def test_mean_exponent_over_provinces(verdict: Callable[..., None]) -> None:
    provinces = places.table(level="province")["id"].to_list()
    first, last = date(2020, 1, 21), date(2020, 2, 9)
    counts = board().matrix("confirmed", provinces, first, last).values
    since_start = np.arange(counts.shape[1]) + 2.0
    mu = power_law_exponent(counts, since_start)
    assert (~np.isnan(mu)).sum() >= 10
    verdict("mean exponent mu over provinces", ours=round(float(np.nanmean(mu)), 3))
