"""How soon the monitor answers on China 2020 and Shanghai 2022 (235,034 figures)."""

from datetime import date, timedelta
from typing import Any

from tests.bench.case import bench, data_set, fresh_house

DAYS = 160


class _Loaded:
    """A house with the real epidemics, and somebody who asks it."""

    def prepare(self) -> None:
        """Load places and files once."""
        folders = [
            data_set(name)
            for name in ("admin-china", "china_covid19_2020", "shanghai_2022_omicron")
        ]
        fresh_house()
        from django.test import Client

        from rencheng.sensing.files import api as files
        from rencheng.sensing.gazetteers import loading as gazetteers

        gazetteers.load_folder(folders[0])
        for folder in folders[1:]:
            for planned in files.plan(folder):
                if planned.mapping is not None:
                    files.load(planned.path, planned.mapping)
        self.client: Any = Client()
        self.day = date(2020, 1, 21)
        self.get("/monitor/?level=city")

    def reset(self) -> None:
        """Move on to a day nobody has asked for."""
        self.day += timedelta(days=13)

    def get(self, address: str) -> None:
        """Ask for an address, and mind the answer."""
        answer = self.client.get(address, headers={"host": "localhost"})
        assert answer.status_code == 200, answer.content[:300]


@bench("monitor_overview_of_309_cities", n=309, goal_s=0.3, rounds=9)
class Overview(_Loaded):
    """The overview page of 309 cities on a day nobody has asked for; n is rows of its table."""

    def ours(self) -> None:
        """Ask for the page."""
        self.get(f"/monitor/?level=city&day={self.day}")


@bench("monitor_as_known_then", n=235_034, goal_s=0.3, rounds=9)
class AsKnown(_Loaded):
    """The summary as known on a day nobody has asked for: every figure and flag made anew."""

    def ours(self) -> None:
        """Ask for the summary."""
        self.get(f"/api/monitor/summary?known={self.day}")


@bench("monitor_frames_of_309_cities", n=65_508, goal_s=0.3, rounds=9)
class Frames(_Loaded):
    """One figure of 309 cities for every day of the map's slider; n is cells."""

    def ours(self) -> None:
        """Ask for the frames, each time as known on another day so that none is remembered."""
        self.get(f"/api/monitor/frames?level=city&known={self.day + timedelta(days=1)}")


@bench("monitor_after_a_delivery", n=235_034, goal_s=3.0, rounds=3)
class AfterDelivery(_Loaded):
    """The first answer after a delivery: every figure read and worked out anew."""

    def reset(self) -> None:
        """Forget what was kept, as a delivery makes it."""
        from rencheng.services.monitor import figures

        super().reset()
        figures.forget()

    def ours(self) -> None:
        """Ask for the overview."""
        self.get(f"/monitor/?level=city&day={self.day}")
