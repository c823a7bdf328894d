"""A data set of the city, as declared in code."""

from dataclasses import dataclass
from enum import StrEnum

from rencheng.foundation.memory.kinds import Sensitivity
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


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSet:
    """
    A data set: what it is, whose it is, how open it is.

    ``steps`` are the cleansing steps in the order they are applied; ``made_from`` names the data
    sets it is made from.
    """

    name: str
    title: Words
    family: Family
    owner: Words
    sensitivity: Sensitivity = Sensitivity.INTERNAL
    about: Words = NO_WORDS
    steps: tuple[Words, ...] = ()
    made_from: tuple[str, ...] = ()
