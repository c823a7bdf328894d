"""Who may sign in to the demo. Everybody may read this: never use these accounts for real data."""

from dataclasses import dataclass

from rencheng.kernel.words import Words


@dataclass(frozen=True, slots=True)
class Person:
    """An account of the demo, with its password."""

    name: str
    password: str
    role: Words
    staff: bool


PEOPLE = (
    Person("lin", "demo-steward-2031", Words("数据管理员", "data steward, staff"), staff=True),
    Person("gu", "demo-reader-2031", Words("普通读者", "reader, no special rights"), staff=False),
)
