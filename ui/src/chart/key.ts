/** The key of a chart: buttons that show or hide, or a finder where there are many lines. */

import { make } from "../shared/dom";
import { say } from "../shared/words";
import { MANY, type Chart } from "./model";

export const MOST_PINS = 8;

export interface KeyActions {
  /** Shows or hides, pins or lets go. */
  toggle: (series: number) => void;
  colour: (series: number) => string;
}

/** The key for the present choice of series. */
export function keyOf(chart: Chart, bright: readonly number[], actions: KeyActions): HTMLElement | null {
  if (chart.series.length > MANY) return finder(chart, bright, actions);
  if (chart.series.length < 2) return null;
  const chips = chart.series.map((one, i) => {
    const on = bright.includes(i);
    const chip = make("button", { type: "button", class: "chip", "aria-pressed": String(on) }, swatch(actions.colour(i), one.dashed), one.name);
    chip.onclick = () => actions.toggle(i);
    return chip;
  });
  return make("div", { class: "chart-key" }, ...chips);
}

function swatch(colour: string, dashed: boolean): HTMLElement {
  const mark = make("span", { class: dashed ? "swatch-line is-dashed" : "swatch-line", "aria-hidden": "true" });
  mark.style.color = colour;
  return mark;
}

let made = 0;

function finder(chart: Chart, bright: readonly number[], actions: KeyActions): HTMLElement {
  const id = `rc-find-${(made += 1)}`;
  const list = make("datalist", { id }, ...chart.series.map((one) => make("option", { value: one.name })));
  const hint = make("span", { class: "hint", role: "status" }, say("findHint", { n: chart.series.length }));
  const input = make("input", {
    type: "search",
    class: "input input-short",
    list: id,
    autocomplete: "off",
    "aria-label": say("findSeries"),
    placeholder: say("findSeries"),
  });
  const find = (): void => {
    const name = input.value.trim();
    if (!name) return;
    const lower = name.toLowerCase();
    let i = chart.series.findIndex((one) => one.name.toLowerCase() === lower);
    if (i < 0) i = chart.series.findIndex((one) => one.name.toLowerCase().startsWith(lower));
    if (i < 0) hint.textContent = say("notFound", { name });
    else if (bright.includes(i)) input.value = "";
    else if (bright.length >= MOST_PINS) hint.textContent = say("tooMany", { n: MOST_PINS });
    else actions.toggle(i);
  };
  input.onchange = find;
  const pins = bright.map((i) => {
    const name = chart.series[i]?.name ?? "";
    const chip = make(
      "button",
      { type: "button", class: "chip", "aria-pressed": "true", "aria-label": say("unpin", { name }) },
      swatch(actions.colour(i), false),
      name,
      make("span", { class: "chip-x", "aria-hidden": "true" }, "×"),
    );
    chip.onclick = () => actions.toggle(i);
    return chip;
  });
  return make("div", { class: "chart-key" }, ...pins, input, hint, list);
}
