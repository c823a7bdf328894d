"""English readers meet the names they know."""

import polars as pl

from rencheng.foundation.places.romanising import english_name


def plain(name: str) -> str:
    return name.lower().replace("'", "").replace(" ", "").replace("ü", "v")


def test_cities_have_the_names_of_the_literature(data_set, verdict):
    table = pl.read_csv(data_set("wuhan_outflow_296_cities") / "cities.csv", infer_schema=False)
    alike = sum(
        plain(english_name(f"{zh}市", "city")) == plain(en)
        for zh, en in table.select("city_cn", "city_en").iter_rows()
    )
    verdict("cities named alike", ours=alike)
