"""
What the monitor may be told about an epidemic: aggregates by place and day, never persons.

Every statement here speaks of one local day. Its ``event_at`` is the start of that day where the
place lies (`rencheng.kernel.time.day_start`), also for counts taken at the end of the day; its
``published_at``, where the day's file was itself the release, is the end of that day (`day_end`).
So "as known on 12 February" (everything known up to the end of that day) has the figures of the
12th in it, and a correction published later does not change what was known then.

A field that a source left empty is not said: it is left out, never sent as 0.
"""

from rencheng.foundation.memory.kinds import Choice, Count, Kind, Purpose, Sensitivity
from rencheng.kernel.words import Words

# Twice the largest country: a larger count is a slipped column, not an epidemic.
MOST_PEOPLE = 3_000_000_000
# Counts without persons are history and stay for a century.
DAYS_KEPT = 36_500

CASE_TYPES = {
    "confirmed": Words("确诊病例", "confirmed case"),
    "asymptomatic": Words("无症状感染者", "asymptomatic infection"),
}
ROUTES = {
    "quarantine": Words("闭环隔离管控", "found in quarantine"),
    "screening": Words("风险人群筛查", "found by screening risk groups"),
    "community": Words("野生", "found in the community"),
    "earlier_asymptomatic": Words("此前报告的本土无症状感染", "reported earlier as asymptomatic"),
}


def _people(name: str, zh: str, en: str, *, required: bool = False) -> Count:
    return Count(name=name, title=Words(zh, en), unit="people", high=MOST_PEOPLE, required=required)


def _kind(name: str, title: Words, fields: tuple[Count | Choice, ...], about: Words) -> Kind:
    return Kind(
        name=f"epidemic.{name}",
        title=title,
        subject="place",
        fields=fields,
        purpose=Purpose.PUBLIC_INFORMATION,
        sensitivity=Sensitivity.AGGREGATE,
        days_kept=DAYS_KEPT,
        about=about,
    )


DAILY_COUNTS = _kind(
    "daily_counts",
    Words("每日累计病例", "Daily cumulative counts"),
    (
        _people("confirmed", "累计确诊", "confirmed, cumulative", required=True),
        _people("suspected", "现有疑似", "suspected, current"),
        _people("cured", "累计治愈", "cured, cumulative"),
        _people("dead", "累计死亡", "dead, cumulative"),
    ),
    Words(
        "截至当日末的人数；疑似为现有人数，其余为累计人数。",
        "People at the end of the day; suspected are current, the others are cumulative.",
    ),
)

CONTACT_TRACING = _kind(
    "contact_tracing",
    Words("密接追踪与医学观察", "Contact tracing and observation"),
    (
        _people("close_contacts_traced", "累计追踪密切接触者", "close contacts traced, cumulative"),
        _people("under_observation", "正在接受医学观察", "under medical observation, current"),
        _people("suspected_current", "现有疑似", "suspected, current"),
        _people("severe_current", "现有重症", "severe, current"),
        _people("confirmed", "累计确诊", "confirmed, cumulative"),
        _people("dead", "累计死亡", "dead, cumulative"),
        _people("cured", "累计治愈", "cured, cumulative"),
    ),
    Words(
        "卫生部门每日通报中的密接与观察人数；通报未提的留空。",
        "Contacts and observation as the health authority's daily notice gives them; what a "
        "notice leaves out stays empty.",
    ),
)

NEW_CASES = _kind(
    "new_cases",
    Words("每日新增与救治", "Daily new cases and care"),
    (
        _people("new_confirmed", "新增确诊", "new confirmed", required=True),
        _people("new_asymptomatic", "新增无症状感染者", "new asymptomatic"),
        _people(
            "asymptomatic_converted_to_confirmed",
            "无症状转确诊",
            "asymptomatic converted to confirmed",
        ),
        _people(
            "confirmed_found_in_community",
            "社会面发现或转归确诊",
            "confirmed, found outside quarantine",
        ),
        _people("confirmed_in_quarantine", "隔离管控中确诊", "confirmed, found in quarantine"),
        _people(
            "asymptomatic_in_quarantine", "隔离管控中无症状", "asymptomatic, found in quarantine"
        ),
        _people("confirmed_by_screening", "风险人群筛查确诊", "confirmed, found by screening"),
        _people(
            "asymptomatic_by_screening", "风险人群筛查无症状", "asymptomatic, found by screening"
        ),
        _people(
            "close_contacts_of_confirmed", "确诊病例的密接", "close contacts of confirmed cases"
        ),
        _people(
            "close_contacts_of_asymptomatic",
            "无症状感染者的密接",
            "close contacts of asymptomatic infections",
        ),
        _people(
            "asymptomatic_under_observation",
            "尚在医学观察的无症状",
            "asymptomatic under observation, current",
        ),
        _people("released_from_observation", "当日解除医学观察", "released from observation"),
        _people("in_hospital", "在院治疗", "in hospital, current"),
        _people("discharged", "累计出院", "discharged, cumulative"),
        _people("severe_total", "现有重型与危重型", "severe and critical, current"),
        _people("severe", "现有重型", "severe, current"),
        _people("critical", "现有危重型", "critical, current"),
        _people("new_deaths", "新增死亡", "new deaths"),
    ),
    Words(
        "当日新增人数；转确诊者已含在新增确诊中，此前已计入无症状。在院、重型为现有人数。",
        "People new on the day; conversions are inside new confirmed and were counted before as "
        "asymptomatic. In hospital and severe are current.",
    ),
)

NEW_CASES_BY_ROUTE = _kind(
    "new_cases_by_route",
    Words("每日新增（按发现途径）", "Daily new cases by how they were found"),
    (
        Choice(name="case_type", title=Words("病例类型", "case type"), options=CASE_TYPES),
        Choice(name="route", title=Words("发现途径", "how it was found"), options=ROUTES),
        _people("count", "人数", "people", required=True),
    ),
    Words(
        "一地一日一类一途径一行；没有病例的组合不发布，故缺行不等于缺报。",
        "One row per place, day, case type and route; combinations without a case are not "
        "published, so an absent row is not a missing report.",
    ),
)

IN_HOSPITAL = _kind(
    "in_hospital",
    Words("在院治疗人数", "People in hospital"),
    (_people("in_hospital", "在院治疗", "in hospital, current", required=True),),
    Words("截至当日末的现有人数。", "People in hospital at the end of the day."),
)

NEW_INFECTIONS = _kind(
    "new_infections",
    Words("每日新增感染", "Daily new infections"),
    (_people("cases", "新增感染", "new infections", required=True),),
    Words(
        "当日新增确诊与无症状之和，未扣除转确诊。",
        "New confirmed and new asymptomatic together; conversions are not taken off.",
    ),
)

KINDS = (
    DAILY_COUNTS,
    CONTACT_TRACING,
    NEW_CASES,
    NEW_CASES_BY_ROUTE,
    IN_HOSPITAL,
    NEW_INFECTIONS,
)
