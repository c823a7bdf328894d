"""
The one clock of the house.

``now()`` is the only way to learn the time. Its state is one stored row, so every process of the
house, a demo city and retention agree; a simulated life can run fast, stand still or begin in 2020.
"""

from rencheng.foundation.memory.clock.reading import forget, now, now_micros
from rencheng.foundation.memory.clock.setting import freeze, real_time, run_from, state

__all__ = ["forget", "freeze", "now", "now_micros", "real_time", "run_from", "state"]
