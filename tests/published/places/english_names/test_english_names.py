"""English readers meet the names they know."""

import polars as pl

from rencheng.foundation.places.romanising import english_name


def plain(name: str) -> str:
    return name.lower().replace("'", "").replace(" ", "").replace("ü", "v")


# The table's form beside the form in official use, which is ours.
APART = {
    "鄂尔多斯": ("Erdos", "Ordos"),
    "日喀则": ("Xigaze", "Shigatse"),
    "拉萨": ("Lasa", "Lhasa"),
    "那曲": ("Naqu", "Nagqu"),
    "山南": ("Shannan", "Lhoka"),
    "林芝": ("Linzhi", "Nyingchi"),
}


def test_cities_have_the_names_of_the_literature(data_set, verdict):
    table = pl.read_csv(data_set("wuhan_outflow_296_cities") / "cities.csv", infer_schema=False)
    theirs = dict(table.select("city_cn", "city_en").iter_rows())
    ours = {zh: english_name(f"{zh}市", "city") for zh in theirs}
    assert {zh: (theirs[zh], ours[zh]) for zh in APART} == APART
    alike = sum(plain(ours[zh]) == plain(theirs[zh]) for zh in theirs if zh not in APART)
    verdict("cities named alike, of those not listed apart", ours=alike)
