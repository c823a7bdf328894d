"""How fast a file becomes observations and figures, beside a tool that checks and stores tables."""

from pathlib import Path
from tempfile import mkdtemp

from tests.bench.case import bench, data_set, fresh_house


@bench("ingest_china_2020", n=74_725, goal_s=10)
class IngestChina:
    """Load the files of China 2020: checked, journalled, in the ledger, turned into figures."""

    def prepare(self) -> None:
        """Find the files."""
        self.folder = data_set("china_covid19_2020")

    def reset(self) -> None:
        """Start from an empty house."""
        fresh_house()

    def ours(self) -> None:
        """Load every file of the folder."""
        from rencheng.sensing.files.api import load, plan

        for planned in plan(self.folder):
            if planned.mapping is not None:
                load(planned.path, planned.mapping)


@bench("city_days_checked_and_stored", n=68_975, peer="frictionless", goal_s=10)
class CityDays:
    """
    Check 68,975 city-days row by row against a schema and store them in SQLite.

    Ours also numbers, journals, balances and makes 206,925 figures, which the peer does not.
    """

    def prepare(self) -> None:
        """Find the file."""
        self.path = data_set("china_covid19_2020") / "cities_daily.csv.gz"

    def reset(self) -> None:
        """Start from an empty house and an empty folder."""
        fresh_house()
        self.folder = Path(mkdtemp())

    def ours(self) -> None:
        """Load the file."""
        from rencheng.sensing.files.api import load

        load(self.path)

    def peer(self) -> None:
        """Validate the file with a Table Schema and write it to SQLite."""
        import gzip

        from frictionless import Schema, fields, formats
        from frictionless.resources import TableResource

        plain = self.folder / "cities.csv"
        plain.write_bytes(gzip.decompress(self.path.read_bytes()))
        counts = [
            fields.IntegerField(name=name, constraints={"minimum": 0, "required": True})
            for name in ("confirmed", "cured", "dead")
        ]
        texts = [
            fields.StringField(name=name)
            for name in ("province_code", "province", "city_code", "city")
        ]
        schema = Schema(
            fields=[fields.DateField(name="date", constraints={"required": True}), *texts, *counts]
        )
        resource = TableResource(
            name="cities", path=plain.name, basepath=str(self.folder), schema=schema
        )
        assert resource.validate().valid
        control = formats.SqlControl(table="cities")
        resource.write_table(f"sqlite:///{self.folder / 'peer.sqlite3'}", control=control)


@bench("rebuild_figures", n=206_925)
class Rebuild:
    """Throw 206,925 figures away and make them again from the journal, digest before and after."""

    def prepare(self) -> None:
        """Load the city-days."""
        from rencheng.sensing.files.api import load

        fresh_house()
        load(data_set("china_covid19_2020") / "cities_daily.csv.gz")

    def ours(self) -> None:
        """Rebuild."""
        from rencheng.foundation.memory.indicators.api import rebuild

        before, after = rebuild()
        assert before == after
