/** The chart as a table, and as a file. */

import { make } from "../shared/dom";
import { figure, interval, withUnit } from "../shared/number";
import { say } from "../shared/words";
import { lastKnown, MANY, peakOf, xText, type Chart } from "./model";

export interface Cell {
  text: string;
  /** Numbers stand at the right. */
  number?: boolean;
}

export interface Table {
  heads: Cell[];
  rows: Cell[][];
}

/** Which part of a chart is seen. */
export interface Seen {
  from: number;
  to: number;
  /** Indexes of the series shown. */
  series: number[];
}

/**
 * The table a reader gets in place of the picture.
 *
 * Few series: a row per position with each value, its interval, and a note for
 * each flag. Many: a row per series with its latest value and its peak, since
 * nobody reads a table 340 columns wide.
 */
export function tableOf(chart: Chart, seen: Seen): Table {
  return seen.series.length > MANY ? tableBySeries(chart, seen) : tableByPosition(chart, seen);
}

function tableByPosition(chart: Chart, { from, to, series }: Seen): Table {
  const noted = chart.marks.length > 0;
  const heads: Cell[] = [{ text: chart.xLabel || say(chart.xType === "date" ? "date" : "series") }];
  for (const i of series) {
    const one = chart.series[i];
    heads.push({ text: one ? withBracket(one.name, one.unit) : "", number: true });
  }
  if (noted) heads.push({ text: say("note") });
  const rows: Cell[][] = [];
  for (let at = from; at <= to; at += 1) {
    const row: Cell[] = [{ text: xText(chart, at) }];
    for (const i of series) {
      const one = chart.series[i];
      const range = interval(one?.low?.[at], one?.high?.[at]);
      row.push({
        text: figure(one?.values[at]) + (range ? ` (${range})` : ""),
        number: true,
      });
    }
    if (noted) row.push({ text: notesAt(chart, at).join("; ") });
    rows.push(row);
  }
  return { heads, rows };
}

function tableBySeries(chart: Chart, { from, to, series }: Seen): Table {
  const heads: Cell[] = [
    { text: say("series") },
    { text: say("latest"), number: true },
    { text: say("peak"), number: true },
    { text: say("peakOn") },
  ];
  const rows = series
    .map((i) => {
      const one = chart.series[i];
      const values = one?.values ?? [];
      return {
        name: one?.name ?? "",
        unit: one?.unit ?? "",
        last: lastKnown(values, from, to),
        peak: peakOf(values, from, to),
      };
    })
    .sort((a, b) => (b.last?.value ?? -Infinity) - (a.last?.value ?? -Infinity))
    .map(({ name, unit, last, peak }) => [
      { text: name },
      { text: withUnit(figure(last?.value), unit), number: true },
      { text: withUnit(figure(peak?.value), unit), number: true },
      { text: peak ? xText(chart, peak.at) : "" },
    ]);
  return { heads, rows };
}

function withBracket(name: string, unit: string | undefined): string {
  return unit ? say("bracket", { a: name, b: unit }) : name;
}

function notesAt(chart: Chart, at: number): string[] {
  return chart.marks.filter((mark) => mark.at === at).map((mark) => mark.label);
}

/** The table as light DOM. */
export function tableElement(chart: Chart, seen: Seen): HTMLElement {
  const { heads, rows } = tableOf(chart, seen);
  const kind = (cell: Cell): string | undefined => (cell.number ? "number" : undefined);
  return make(
    "div",
    { class: "chart-table", tabindex: 0, role: "region", "aria-label": chart.title || say("table") },
    make(
      "table",
      { class: "table table-tight" },
      make("caption", { class: "visually-hidden" }, chart.title),
      make("thead", {}, make("tr", {}, ...heads.map((h) => make("th", { scope: "col", class: kind(h) }, h.text)))),
      make(
        "tbody",
        {},
        ...rows.map(([first, ...rest]) =>
          make(
            "tr",
            {},
            make("th", { scope: "row" }, first?.text ?? ""),
            ...rest.map((cell) => make("td", { class: kind(cell) }, cell.text)),
          ),
        ),
      ),
    ),
  );
}

/** What is seen as CSV: exact figures, low and high in columns of their own, flags last. */
export function csvOf(chart: Chart, { from, to, series }: Seen): string {
  const head = [chart.xLabel || (chart.xType === "date" ? "date" : "x")];
  for (const i of series) {
    const one = chart.series[i];
    if (!one) continue;
    head.push(withBracket(one.name, one.unit));
    if (one.low && one.high) head.push(`${one.name} low`, `${one.name} high`);
  }
  const noted = chart.marks.length > 0;
  if (noted) head.push("note");
  const lines = [head];
  for (let at = from; at <= to; at += 1) {
    const line = [chart.xRaw[at] ?? ""];
    for (const i of series) {
      const one = chart.series[i];
      if (!one) continue;
      line.push(raw(one.values[at]));
      if (one.low && one.high) line.push(raw(one.low[at]), raw(one.high[at]));
    }
    if (noted) line.push(notesAt(chart, at).join("; "));
    lines.push(line);
  }
  return lines.map((line) => line.map(quoted).join(",")).join("\r\n") + "\r\n";
}

function raw(value: number | null | undefined): string {
  return value == null ? "" : String(value);
}

// A cell that begins like a formula would be run by a spreadsheet.
function quoted(text: string): string {
  const safe = /^[=+@\t\r]|^-(?!\d)/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
