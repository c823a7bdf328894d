"""A data set of the city, as declared in code."""

from dataclasses import dataclass
from enum import StrEnum

from rencheng.foundation.memory.kinds import Purpose, Sensitivity
from rencheng.kernel.words import NO_WORDS, Words


class Family(StrEnum):
    """The four kinds of data sets of a city's data resource system (the report's fig. 36)."""

    METADATA = "metadata"
    CONFIGURATION = "configuration"
    BASE = "base"
    BUSINESS = "business"


FAMILY_WORDS = {
    Family.METADATA: Words("元数据", "Metadata"),
    Family.CONFIGURATION: Words("配置数据", "Configuration data"),
    Family.BASE: Words("基础数据", "Base data"),
    Family.BUSINESS: Words("业务数据", "Business data"),
}

SENSITIVITY_WORDS = {
    Sensitivity.AGGREGATE: Words("公开汇总", "Open aggregates"),
    Sensitivity.INTERNAL: Words("内部", "Internal"),
    Sensitivity.PERSONAL: Words("个人信息", "Personal data"),
    Sensitivity.SENSITIVE: Words("敏感个人信息", "Sensitive personal data"),
}

PURPOSE_WORDS = {
    Purpose.EPIDEMIC_CONTROL: Words("疫情防控", "Epidemic control"),
    Purpose.PUBLIC_INFORMATION: Words("公众知情", "Public information"),
    Purpose.CITY_SERVICE: Words("城市服务", "City service"),
    Purpose.CARE: Words("照护", "Care"),
    Purpose.RESEARCH: Words("研究", "Research"),
}


@dataclass(frozen=True, slots=True)
class FieldCard:
    """
    A field of a data set.

    ``type`` is a word for people, ``range`` what values are plausible, "" where anything is.
    """

    name: str
    title: Words
    type: Words
    unit: str = ""
    range: str = ""
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSet:
    """
    A data set: what it is, whose it is, how open it is.

    ``steps`` are the cleansing steps in the order they are applied; ``made_from`` names the data
    sets it is made from; ``days_kept`` None means as long as the house stands.
    """

    name: str
    title: Words
    family: Family
    owner: Words
    sensitivity: Sensitivity = Sensitivity.INTERNAL
    about: Words = NO_WORDS
    purpose: Purpose | None = None
    days_kept: int | None = None
    fields: tuple[FieldCard, ...] = ()
    steps: tuple[Words, ...] = ()
    made_from: tuple[str, ...] = ()
