"""A small country to test on."""

import polars as pl
import pytest

from rencheng.foundation.places import api

ROWS = [
    ("001", "世界", "World", "world", None),
    ("CN", "中国", "China", "country", "001"),
    ("110000", "北京市", "Beijing", "province", "CN"),
    ("110105", "朝阳区", "Chaoyang", "district", "110000"),
    ("110101", "东城区", "Dongcheng", "district", "110000"),
    ("220000", "吉林省", "Jilin", "province", "CN"),
    ("220200", "吉林市", "", "city", "220000"),
    ("220300", "四平市", "", "city", "220000"),
    ("220381", "公主岭市", "", "district", "220300"),
    ("220100", "长春市", "", "city", "220000"),
    ("220104", "朝阳区", "", "district", "220100"),
    ("310000", "上海市", "Shanghai", "province", "CN"),
    ("310115", "浦东新区", "Pudong", "district", "310000"),
    ("310101", "黄浦区", "", "district", "310000"),
    ("420000", "湖北省", "Hubei", "province", "CN"),
    ("420100", "武汉市", "Wuhan", "city", "420000"),
    ("422800", "恩施土家族苗族自治州", "", "city", "420000"),
]


@pytest.fixture
def country(db) -> dict[str, int]:
    """Store the small country; the numbers of its places by code."""
    table = pl.DataFrame(
        ROWS, schema=["code", "name_zh", "name_en", "level", "parent"], orient="row"
    ).with_columns(tz=pl.when(pl.col("code") == "CN").then(pl.lit("Asia/Shanghai")))
    assert api.upsert(table).created == len(ROWS)
    return {code: api.get(code).id for code, *_ in ROWS}
