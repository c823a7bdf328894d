"""Indicators that the monitor computes when asked, each with its formula and its weak points."""

from rencheng.foundation.memory.indicators.api import Computed
from rencheng.kernel.words import Words
from rencheng.services.monitor import rules

PEOPLE = Words("人", "people")
PER_DAY = Words("每天", "per day")
DAYS = Words("天", "days")
PERCENT = Words("%", "%")
PER_MILLION = Words("人/百万人", "per million people")

COMPUTED = (
    Computed(
        name="active",
        title=Words("现存确诊", "Active"),
        unit=PEOPLE,
        inputs=("confirmed", "cured", "dead"),
        rule=rules.active,
        about=Words(
            "累计确诊 − 累计治愈 − 累计死亡；三者缺一则不给出。出院标准变化会使其突变。",
            "Confirmed − cured − dead; not given where one of the three is missing. A new rule for "
            "discharge moves it at once.",
        ),
    ),
    Computed(
        name="new_confirmed",
        title=Words("新增确诊", "New confirmed"),
        unit=PEOPLE,
        inputs=("reported_new_confirmed", *rules.ROUTED, "confirmed"),
        rule=rules.new_confirmed,
        about=Words(
            "来源报告了新增即用新增；否则为各发现途径之和；否则为累计确诊与前一日之差。"
            "前一日缺报则不给出，订正造成的负数照原样显示。",
            "The reported new cases; else the sum over how they were found; else the total minus "
            "the day before. Not given after a missing day; negative where a total was corrected.",
        ),
    ),
    Computed(
        name="new_asymptomatic",
        title=Words("新增无症状", "New asymptomatic"),
        unit=PEOPLE,
        inputs=("reported_new_asymptomatic", *rules.ROUTED),
        rule=rules.new_asymptomatic,
        about=Words(
            "来源报告的新增无症状感染者；否则为各发现途径之和。",
            "The reported new asymptomatic infections; else the sum over how they were found.",
        ),
    ),
    Computed(
        name="converted",
        title=Words("无症状转确诊", "Converted to confirmed"),
        unit=PEOPLE,
        inputs=("reported_converted", *rules.ROUTED),
        rule=rules.converted,
        about=Words(
            "当日由无症状转为确诊的人数，已含在新增确诊中。",
            "Asymptomatic infections that became confirmed cases; they are inside new confirmed.",
        ),
    ),
    Computed(
        name="new_infections",
        title=Words("新增感染（未扣转归）", "New infections, gross"),
        unit=PEOPLE,
        inputs=("new_confirmed", "new_asymptomatic", "reported_new_infections"),
        rule=rules.new_infections,
        about=Words(
            "新增确诊 + 新增无症状；转确诊者会被计两次。",
            "New confirmed + new asymptomatic; conversions are counted twice.",
        ),
    ),
    Computed(
        name="new_infections_net",
        title=Words("净新增感染", "New infections, net"),
        unit=PEOPLE,
        inputs=("new_confirmed", "new_asymptomatic", "converted"),
        rule=rules.new_infections_net,
        about=Words(
            "新增确诊 + 新增无症状 − 无症状转确诊，每名感染者只计一次。",
            "New confirmed + new asymptomatic − converted: each infection counts once.",
        ),
    ),
    Computed(
        name="new_cases",
        title=Words("新增病例", "New cases"),
        unit=PEOPLE,
        inputs=("new_infections_net", "new_confirmed"),
        rule=rules.new_cases,
        about=Words(
            "报告无症状的地方取净新增感染，其余取新增确诊；增长率据此计算。",
            "Net new infections where asymptomatic ones are reported, else new confirmed; growth "
            "is computed from this.",
        ),
    ),
    Computed(
        name="new_cases_week",
        title=Words("新增病例七日均值", "New cases, seven-day mean"),
        unit=PER_DAY,
        inputs=("new_cases",),
        rule=rules.new_cases_week,
        about=Words(
            "当日与前六日新增病例的平均；缺一日则不给出。订正与突变会留在其中七天。",
            "Mean of the day and the six before; not given where one is missing. Corrections and "
            "jumps stay in it for seven days.",
        ),
    ),
    Computed(
        name="growth_rate",
        title=Words("增长率", "Growth rate"),
        unit=PER_DAY,
        inputs=("new_cases",),
        rule=rules.growth_rate,
        about=Words(
            "截至当日七天新增病例的指数增长率，准泊松对数线性回归，附 95% 区间。"
            "七天内有缺报、负数或不足 10 例时不给出；口径变化会使其失真，须与疑点同看。",
            "Exponential growth of new cases over seven days by quasi-Poisson regression, with its "
            "95 % interval. Not given where a day is missing or negative or there are fewer than "
            "10 cases; a new definition bends it, so read it with the flags.",
        ),
    ),
    Computed(
        name="doubling_time_days",
        title=Words("倍增时间", "Doubling time"),
        unit=DAYS,
        inputs=("new_cases",),
        rule=rules.doubling_time,
        about=Words(
            "ln 2 ÷ 增长率；仅当增长率的整个 95% 区间大于零时给出，否则为“增减不明”或“下降”。",
            "ln 2 ÷ growth rate; given only where the whole 95 % interval of the rate is above "
            "zero, otherwise cases are not clearly growing.",
        ),
    ),
    Computed(
        name="new_dead",
        title=Words("新增死亡", "New deaths"),
        unit=PEOPLE,
        inputs=("reported_new_dead", "dead"),
        rule=rules.new_dead,
        about=Words(
            "来源报告的新增死亡；否则为累计死亡与前一日之差。",
            "The reported new deaths; else the total minus the day before.",
        ),
    ),
    Computed(
        name="in_hospital",
        title=Words("在院治疗", "In hospital"),
        unit=PEOPLE,
        inputs=("in_hospital_by_place", "in_hospital_in_notice"),
        rule=rules.in_hospital,
        about=Words("当日末在院人数。", "People in hospital at the end of the day."),
    ),
    Computed(
        name="severe",
        title=Words("现有重症", "Severe and critical"),
        unit=PEOPLE,
        inputs=("severe_total", "severe_in_notice"),
        rule=rules.severe,
        about=Words("当日末重型与危重型人数。", "Severe and critical at the end of the day."),
    ),
    Computed(
        name="fatality_crude",
        title=Words("粗病死率", "Crude fatality"),
        unit=PERCENT,
        inputs=("dead", "confirmed"),
        rule=rules.fatality_crude,
        about=Words(
            "累计死亡 ÷ 同日累计确诊。疫情上升期因未愈者尚多而偏低，"
            "因轻症未确诊而偏高，不是真实病死率。",
            "Dead ÷ confirmed of the same day. Too low while many are still ill, too high while "
            "mild cases are missed: not the risk of dying.",
        ),
    ),
    Computed(
        name="confirmed_per_million",
        title=Words("每百万人确诊", "Confirmed per million"),
        unit=PER_MILLION,
        inputs=("confirmed",),
        rule=rules.confirmed_per_million,
        about=Words(
            "累计确诊 ÷ 常住人口 × 100 万；人口未知的地方不给出。",
            "Confirmed ÷ population × one million; not given where the population is unknown.",
        ),
    ),
)
