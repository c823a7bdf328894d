"""Groups that are counted beside places but lie nowhere: 境外输入, 外地来京, 监狱系统."""

import polars as pl

from rencheng.foundation.places.models import LENGTHS, Place
from rencheng.foundation.places.reading import row
from rencheng.foundation.places.upserting import upsert
from rencheng.kernel.errors import InputError


def register_group(parent_id: int, name_zh: str, name_en: str = "") -> int:
    """
    Give the number of a group under a place, making the group if there is none of that name.

    Parameters
    ----------
    parent_id
        The place under which it is counted, such as a province.
    name_zh, name_en
        What it is called. Its code is the parent's code, a colon and the Chinese name.

    Raises
    ------
    InputError
        If there is no such parent, or the name is blank or too long.
    """
    parent = row(parent_id)
    name = name_zh.strip()
    known = Place.objects.filter(parent_id=parent_id, level="group", name_zh=name).first()
    if known is not None:
        return known.id
    code = f"{parent.code}:{name}"
    longest = LENGTHS["code"]
    if not name or len(code) > longest:
        raise InputError(f"group name is {name_zh!r}; it should have 1 to {longest} characters")
    given = {"code": code, "name_zh": name, "level": "group", "parent": parent.code}
    if name_en.strip():
        given["name_en"] = name_en.strip()
    written = upsert(pl.DataFrame([given]))
    if written.refused:
        raise InputError(f"group {name!r} under {parent.code}: {written.refused[0].should.en}")
    return Place.objects.get(code=code).id
