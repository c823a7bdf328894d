"""The data sets of the house itself."""

from typing import Final

from rencheng.foundation.memory.catalogue.data_set import DataSet, Family, FieldCard
from rencheng.foundation.memory.catalogue.fields import CHOICE, COUNT, INSTANT, NUMBER, PLACE, TEXT
from rencheng.foundation.memory.kinds import Purpose, Sensitivity
from rencheng.kernel.words import Words

OWNER: Final = Words("平台运维", "Keepers of the platform")

PLACES: Final = DataSet(
    name="house.places",
    title=Words("地点", "Places"),
    family=Family.BASE,
    owner=OWNER,
    sensitivity=Sensitivity.AGGREGATE,
    purpose=Purpose.CITY_SERVICE,
    about=Words(
        "从国家到楼栋、场所的地点树：代码、名称、边界及其起止日期。所有观测都挂在这棵树上。",
        "The tree of places from country to building and site: codes, names, borders and the days "
        "they held. Every observation hangs on it.",
    ),
    fields=(
        FieldCard("code", Words("代码", "code"), TEXT, range="GB/T 2260, …"),
        FieldCard("name_zh", Words("中文名", "Chinese name"), TEXT),
        FieldCard("name_en", Words("英文名", "English name"), TEXT, required=False),
        FieldCard("level", Words("级别", "level"), CHOICE),
        FieldCard("parent", Words("上级", "place above"), PLACE, required=False),
        FieldCard("valid_from", Words("起", "first day"), TEXT, required=False),
        FieldCard("valid_to", Words("止", "day it ended"), TEXT, required=False),
        FieldCard("lon", Words("经度", "longitude"), NUMBER, "° WGS84", "-180 – 180", False),
        FieldCard("lat", Words("纬度", "latitude"), NUMBER, "° WGS84", "-90 – 90", False),
        FieldCard("population", Words("人口", "population"), COUNT, "people", "≥ 0", False),
    ),
    steps=(
        Words("代码与名称去空白、统一全半角", "Codes and names trimmed, widths made one"),
        Words("坐标统一为 WGS84", "Coordinates brought to WGS84"),
        Words("边界自交处修复，面积逐一核对", "Self-crossing borders mended, areas compared"),
    ),
)

SOURCES: Final = DataSet(
    name="house.sources",
    title=Words("数据来源", "Sources"),
    family=Family.METADATA,
    owner=OWNER,
    sensitivity=Sensitivity.AGGREGATE,
    purpose=Purpose.PUBLIC_INFORMATION,
    about=Words(
        "谁向城市报数：出处、许可、是否可自报发布时间、彼此不一致时先信谁。",
        "Who tells the city things: origin, licence, whether it may date its own publications, and "
        "whom to believe first where two disagree.",
    ),
    fields=(
        FieldCard("name", Words("名称", "name"), TEXT),
        FieldCard("origin", Words("出处", "origin"), TEXT, required=False),
        FieldCard("licence", Words("许可", "licence"), TEXT, required=False),
        FieldCard("trusted", Words("可自报发布时间", "may date its publications"), CHOICE),
        FieldCard("rank", Words("次序（小者先信）", "rank (lower is believed)"), COUNT),
    ),
)

LEDGER: Final = DataSet(
    name="house.ledger",
    title=Words("台账与拒收行", "Ledger and rejected rows"),
    family=Family.METADATA,
    owner=OWNER,
    sensitivity=Sensitivity.INTERNAL,
    purpose=Purpose.CITY_SERVICE,
    about=Words(
        "每次送达：送达 = 入库 + 重复 + 拒收；拒收的行连同原因原样保存。",
        "Every delivery: sent = stored + duplicate + rejected; rejected rows are kept "
        "as they came, with the reasons.",
    ),
    fields=(
        FieldCard("source", Words("来源", "source"), TEXT),
        FieldCard("received_at", Words("收到时刻", "received"), INSTANT, "UTC"),
        FieldCard("sent", Words("送达", "sent"), COUNT, "rows", "≥ 0"),
        FieldCard("stored", Words("入库", "stored"), COUNT, "rows", "≥ 0"),
        FieldCard("duplicate", Words("重复", "duplicate"), COUNT, "rows", "≥ 0"),
        FieldCard("rejected", Words("拒收", "rejected"), COUNT, "rows", "≥ 0"),
    ),
)

FIGURES: Final = DataSet(
    name="house.figures",
    title=Words("指标值", "Figures of the indicators"),
    family=Family.BUSINESS,
    owner=OWNER,
    sensitivity=Sensitivity.AGGREGATE,
    purpose=Purpose.PUBLIC_INFORMATION,
    about=Words(
        "由观测得出的指标：何地、何时有效、何时为人所知、出自哪条观测。可随时从流水重建。",
        "Indicators made from observations: where, valid when, known when, from which observation. "
        "They can be made again from the journal at any time.",
    ),
    fields=(
        FieldCard("indicator", Words("指标", "indicator"), CHOICE),
        FieldCard("place", Words("地点", "place"), PLACE),
        FieldCard("valid_at", Words("有效时刻", "valid at"), INSTANT, "UTC"),
        FieldCard("known_at", Words("为人所知的时刻", "known at"), INSTANT, "UTC"),
        FieldCard("value", Words("数值", "value"), NUMBER),
        FieldCard("low", Words("下限", "low"), NUMBER, required=False),
        FieldCard("high", Words("上限", "high"), NUMBER, required=False),
    ),
    steps=(
        Words(
            "同一地点、时刻、知悉时刻的两个数，取编号大者，并在显示处标出",
            "Of two figures for one place, time and knowledge the larger number stands, and is "
            "flagged where it is shown",
        ),
    ),
)

ACCOUNTS: Final = DataSet(
    name="house.accounts",
    title=Words("工作账号", "Accounts"),
    family=Family.CONFIGURATION,
    owner=OWNER,
    sensitivity=Sensitivity.PERSONAL,
    purpose=Purpose.CITY_SERVICE,
    about=Words(
        "为城市工作的人登录用的账号；密码只存摘要，可撤销。",
        "Sign-ins of those who work for the city; passwords are kept as digests only.",
    ),
    fields=(
        FieldCard("username", Words("账号名", "account name"), TEXT),
        FieldCard("language", Words("语言", "language"), CHOICE, required=False),
        FieldCard("is_staff", Words("工作人员", "staff"), CHOICE),
    ),
)

STEWARDSHIPS: Final = DataSet(
    name="house.stewardships",
    title=Words("数据管家", "Stewards of data sets"),
    family=Family.METADATA,
    owner=OWNER,
    sensitivity=Sensitivity.INTERNAL,
    purpose=Purpose.CITY_SERVICE,
    about=Words(
        "每个数据集归谁照管、何时复核、还有什么没弄清；每次修改都留底。",
        "Who looks after each data set, when it was reviewed, what is still open; every change is "
        "kept.",
    ),
)

HOUSE_SETS: Final = (PLACES, SOURCES, LEDGER, FIGURES, ACCOUNTS, STEWARDSHIPS)
