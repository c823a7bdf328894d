"""A list of a million rows: each page under 300 ms, each export under 500 MB."""

import atexit

from tests.bench.case import bench
from tests.bench.child import peak_rss_mb
from tests.bench.readings import ASKED, MOST_MB, MOST_MS, ROWS, Reader, house


@bench("list_of_a_million_rows", n=ROWS, rounds=20, goal_s=len(ASKED) * MOST_MS / 1000)
class Pages:
    """Ask for fifteen pages (first, last, filtered, sorted, searched), counts included."""

    def prepare(self) -> None:
        """Make the table, once, and print what was measured at the end."""
        house()
        self.reader = Reader()
        atexit.register(self.reader.print_table)

    def ours(self) -> None:
        """Ask for each page once."""
        self.reader.read_everything()


class Export:
    """Take a million rows of seven columns as a file."""

    form = ""

    def prepare(self) -> None:
        """Make the table, once."""
        house()
        self.reader = Reader()

    def ours(self) -> None:
        """Take the file; fails where it needs more memory than promised."""
        self.reader.export(self.form)
        if peak_rss_mb() > MOST_MB:
            raise RuntimeError(f"{self.form} took {peak_rss_mb():.0f} MB; promised: {MOST_MB}")


@bench("list_export_csv", n=ROWS, rounds=2)
class Csv(Export):
    """As CSV, streamed."""

    form = "csv"


@bench("list_export_jsonl", n=ROWS, rounds=2)
class JsonLines(Export):
    """As JSON lines, streamed."""

    form = "jsonl"


@bench("list_export_parquet", n=ROWS, rounds=2)
class Parquet(Export):
    """As Parquet."""

    form = "parquet"


@bench("list_export_xlsx", n=ROWS, rounds=1)
class Excel(Export):
    """As an Excel workbook."""

    form = "xlsx"
