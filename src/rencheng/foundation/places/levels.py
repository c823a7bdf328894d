"""The levels of the tree of places and the kinds of sites, as data with their words."""

from dataclasses import dataclass
from typing import Final

from rencheng.kernel.errors import InputError
from rencheng.kernel.words import Words


@dataclass(frozen=True, slots=True)
class Level:
    """
    A storey of the tree of places.

    ``rank`` grows downward: a place stands under a place of smaller rank. Sites may stand under
    sites (a gate in a mall, a bed in a hospital); a group may stand under anything.
    """

    name: str
    rank: int
    words: Words


_LEVELS: Final = (
    Level("world", 0, Words("世界", "world")),
    Level("country", 1, Words("国家", "country")),
    Level("province", 2, Words("省级", "province")),
    Level("city", 3, Words("地级", "city")),
    Level("district", 4, Words("县区级", "district")),
    Level("street", 5, Words("街道乡镇", "sub-district")),
    Level("community", 6, Words("社区村", "community")),
    Level("grid", 7, Words("网格", "grid cell")),
    Level("building", 8, Words("楼栋", "building")),
    Level("site", 9, Words("场所", "site")),
    # Counted beside places but lying nowhere on the map: 境外输入, 外地来京, 监狱系统.
    Level("group", 10, Words("非行政分组", "group")),
)
LEVELS: Final[dict[str, Level]] = {level.name: level for level in _LEVELS}

SITE_KINDS: Final[dict[str, Words]] = {
    "hub": Words("交通枢纽", "transport hub"),
    "checkpoint": Words("检查点", "checkpoint"),
    "hospital": Words("医院", "hospital"),
    "clinic": Words("发热门诊", "fever clinic"),
    "hotel": Words("隔离酒店", "isolation hotel"),
    "mall": Words("商场", "mall"),
    "market": Words("市场", "market"),
    "school": Words("学校", "school"),
    "office": Words("单位", "workplace"),
    "warehouse": Words("仓库", "warehouse"),
    "gate": Words("门岗", "gate"),
    "lift": Words("电梯", "lift"),
    "room": Words("房间", "room"),
    "bed": Words("床位", "bed"),
    "other": Words("其他场所", "other site"),
}


def level(name: str) -> Level:
    """
    Look a level up by name.

    Raises
    ------
    InputError
        If there is no such level; the message lists them.

    Examples
    --------
    >>> level("district").words.en
    'district'
    """
    if name not in LEVELS:
        raise InputError(f"level is {name!r}; it should be one of {', '.join(LEVELS)}")
    return LEVELS[name]


def may_stand_under(child: str, parent: str) -> bool:
    """
    Say whether a place of one level may stand under a place of another.

    Examples
    --------
    >>> may_stand_under("district", "province"), may_stand_under("city", "district")
    (True, False)
    """
    if child == "group":
        return True
    if parent == "group":
        return False
    if child == parent == "site":
        return True
    return level(child).rank > level(parent).rank
