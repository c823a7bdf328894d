"""Indicators that sources report: one field of one kind each, kept as it was said."""

from rencheng.foundation.memory.indicators.api import Stored
from rencheng.foundation.memory.kinds import Kind
from rencheng.kernel.words import Words
from rencheng.services.monitor.feeds import (
    CONTACT_TRACING,
    DAILY_COUNTS,
    IN_HOSPITAL,
    NEW_CASES,
    NEW_CASES_BY_ROUTE,
    NEW_INFECTIONS,
)

PEOPLE = Words("人", "people")
UNCHANGED = Words("按来源所报，未作任何改动。", "As the source reported it, unchanged.")
ROUTED = Words(
    "按来源所报；没有病例的组合不发布。",
    "As reported; combinations without a case are not published.",
)

# Indicator, field of the kind, Chinese, English.
Row = tuple[str, str, str, str]


def _stored(kind: Kind, *rows: Row) -> tuple[Stored, ...]:
    return tuple(
        Stored(
            name=name,
            title=Words(zh, en),
            unit=PEOPLE,
            kind=kind.name,
            field=field,
            about=UNCHANGED,
        )
        for name, field, zh, en in rows
    )


def _routed(case_type: str, route: str, zh: str, en: str) -> Stored:
    return Stored(
        name=f"route_{case_type}_{route}",
        title=Words(zh, en),
        unit=PEOPLE,
        kind=NEW_CASES_BY_ROUTE.name,
        field="count",
        where={"case_type": case_type, "route": route},
        about=ROUTED,
    )


REPORTED = (
    *_stored(
        DAILY_COUNTS,
        ("confirmed", "confirmed", "累计确诊", "Confirmed"),
        ("suspected", "suspected", "现有疑似", "Suspected"),
        ("cured", "cured", "累计治愈", "Cured"),
        ("dead", "dead", "累计死亡", "Dead"),
    ),
    *_stored(
        CONTACT_TRACING,
        ("close_contacts", "close_contacts_traced", "累计追踪密接", "Close contacts traced"),
        ("under_observation", "under_observation", "正在医学观察", "Under observation"),
        ("severe_in_notice", "severe_current", "现有重症（通报）", "Severe (notice)"),
        ("confirmed_in_notice", "confirmed", "累计确诊（通报）", "Confirmed (notice)"),
        ("cured_in_notice", "cured", "累计治愈（通报）", "Cured (notice)"),
        ("dead_in_notice", "dead", "累计死亡（通报）", "Dead (notice)"),
        ("suspected_in_notice", "suspected_current", "现有疑似（通报）", "Suspected (notice)"),
    ),
    *_stored(
        NEW_CASES,
        ("reported_new_confirmed", "new_confirmed", "所报新增确诊", "New confirmed, as reported"),
        (
            "reported_new_asymptomatic",
            "new_asymptomatic",
            "所报新增无症状",
            "New asymptomatic, as reported",
        ),
        (
            "reported_converted",
            "asymptomatic_converted_to_confirmed",
            "所报无症状转确诊",
            "Converted, as reported",
        ),
        ("reported_new_dead", "new_deaths", "所报新增死亡", "New deaths, as reported"),
        ("in_hospital_in_notice", "in_hospital", "在院治疗（通报）", "In hospital (notice)"),
        ("discharged", "discharged", "累计出院", "Discharged"),
        ("severe_total", "severe_total", "重型与危重型（通报）", "Severe and critical (notice)"),
    ),
    *_stored(
        IN_HOSPITAL,
        ("in_hospital_by_place", "in_hospital", "在院治疗（分地）", "In hospital (by place)"),
    ),
    *_stored(
        NEW_INFECTIONS,
        ("reported_new_infections", "cases", "所报新增感染", "New infections, as reported"),
    ),
    _routed("confirmed", "quarantine", "隔离管控中确诊", "Confirmed in quarantine"),
    _routed("confirmed", "screening", "筛查发现确诊", "Confirmed by screening"),
    _routed("confirmed", "community", "社会面确诊", "Confirmed in the community"),
    _routed("confirmed", "earlier_asymptomatic", "无症状转确诊（分地）", "Converted (by place)"),
    _routed("asymptomatic", "quarantine", "隔离管控中无症状", "Asymptomatic in quarantine"),
    _routed("asymptomatic", "screening", "筛查发现无症状", "Asymptomatic by screening"),
)
