/** The card that reads one position out. */

import { levelShape, make } from "../shared/dom";
import { figure, interval, withUnit } from "../shared/number";
import { seriesColour, type Look } from "./look";
import { xText, type Chart } from "./model";
import type { State } from "./state";

interface Hit {
  dataIndex: number;
  seriesId?: string;
}

/** The tooltip option for few series: one card for the whole day. */
export function tooltipOf(chart: Chart, state: State, look: Look): object {
  return {
    trigger: "axis",
    className: "chart-tip",
    confine: true,
    transitionDuration: 0,
    padding: 0,
    borderWidth: 0,
    backgroundColor: "transparent",
    extraCssText: "box-shadow:none",
    axisPointer: { type: chart.kind === "bar" ? "shadow" : "line", lineStyle: { color: look.muted, type: "solid" }, label: { show: false } },
    formatter: (hits: Hit | Hit[]) => {
      const list = Array.isArray(hits) ? hits : [hits];
      const at = list.find((hit) => /^(line|bar)-/.test(hit.seriesId ?? ""))?.dataIndex;
      return at === undefined ? "" : card(chart, state, look, at);
    },
  };
}

function card(chart: Chart, state: State, look: Look, at: number): HTMLElement {
  const known = state.bright.filter((i) => chart.series[i]?.values[at] != null);
  const rows = (known.length > 0 ? known : state.bright).map((i) => {
    const one = chart.series[i];
    const dot = make("span", { class: "swatch", "aria-hidden": "true" });
    dot.style.backgroundColor = seriesColour(look, i);
    const range = interval(one?.low?.[at], one?.high?.[at]);
    return make(
      "tr",
      {},
      make("th", { scope: "row" }, dot, one?.name ?? ""),
      make("td", { class: "number" }, withUnit(figure(one?.values[at]), one?.unit)),
      make("td", { class: "tip-range" }, range),
    );
  });
  const notes = chart.marks
    .filter((mark) => mark.at === at)
    .map((mark) => make("p", { class: "tip-note" }, levelShape(mark.level), mark.label));
  return make(
    "div",
    { class: "tip-card" },
    make("strong", {}, xText(chart, at)),
    make("table", {}, make("tbody", {}, ...rows)),
    ...notes,
  );
}
