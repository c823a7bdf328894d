/** What a page gives a chart, checked and made even. */

import type { Level } from "../shared/dom";
import { day, dayNumber } from "../shared/number";
import { SourceError } from "../shared/source";
import { say } from "../shared/words";

export interface SeriesInput {
  name: string;
  values: (number | null)[];
  low?: (number | null)[];
  high?: (number | null)[];
  unit?: string;
  dashed?: boolean;
}

export interface MarkInput {
  x: string | number;
  label: string;
  level: Level;
  /** The series it sits on; the first when left out. */
  series?: string;
}

export interface ChartInput {
  title?: string;
  kind?: "line" | "bar" | "band";
  x: { type?: "date" | "number" | "category"; values: (string | number)[]; label?: string };
  series: SeriesInput[];
  marks?: MarkInput[];
  log?: boolean;
  /** Names to highlight at first where there are many series. */
  focus?: string[];
  /** Where the figures come from, in words. */
  source?: string;
}

export interface Chart {
  title: string;
  kind: "line" | "bar";
  xType: "date" | "number" | "category";
  xLabel: string;
  /** Positions on the axis: UTC milliseconds, numbers, or 0..n-1 for categories. */
  xs: number[];
  /** The same positions as they were given: the exact text for tables and files. */
  xRaw: string[];
  series: Required<Omit<SeriesInput, "low" | "high">>[] & SeriesInput[];
  marks: (MarkInput & { at: number; on: number })[];
  log: boolean;
  focus: string[];
  source: string;
}

/** More lines than this are drawn thin and grey, with a few chosen ones in colour. */
export const MANY = 12;

/** A chart from what the page gave; SourceError when it does not hold together. */
export function readChart(given: ChartInput | null): Chart {
  if (!given || !Array.isArray(given.x?.values) || !Array.isArray(given.series)) {
    throw new SourceError(say("badData"));
  }
  const xRaw = given.x.values.map(String);
  const xType = given.x.type ?? "date";
  const xs = given.x.values.map((x, i) => position(x, i, xType));
  const series = given.series.map((one) => {
    if (one.values.length !== xs.length) {
      throw new SourceError(`${say("badData")}: ${one.name} ${one.values.length} ≠ ${xs.length}`);
    }
    return { ...one, unit: one.unit ?? "", dashed: one.dashed ?? false };
  });
  const at = new Map(xRaw.map((x, i) => [x, i]));
  const marks = (given.marks ?? [])
    .map((mark) => ({
      ...mark,
      at: at.get(String(mark.x)) ?? -1,
      on: Math.max(0, series.findIndex((one) => one.name === mark.series)),
    }))
    .filter((mark) => mark.at >= 0);
  return {
    title: given.title ?? "",
    kind: given.kind === "bar" ? "bar" : "line",
    xType,
    xLabel: given.x.label ?? "",
    xs,
    xRaw,
    series,
    marks,
    log: given.log ?? false,
    focus: given.focus ?? [],
    source: given.source ?? "",
  };
}

function position(x: string | number, i: number, type: Chart["xType"]): number {
  if (type === "category") return i;
  const at = type === "date" ? dayNumber(String(x)) : Number(x);
  if (at === null || !Number.isFinite(at)) throw new SourceError(`${say("badData")}: x = ${x}`);
  return at;
}

/** How position `i` is written for a reader. */
export function xText(chart: Chart, i: number, style: "long" | "short" = "long"): string {
  const raw = chart.xRaw[i] ?? "";
  return chart.xType === "date" ? day(raw, undefined, style) : raw;
}

/** Indexes of the series with the greatest last known values. */
export function leaders(chart: Chart, n: number): number[] {
  const last = chart.series.map((one, i) => [i, lastKnown(one.values)?.value ?? -Infinity] as const);
  return [...last]
    .sort((a, b) => b[1] - a[1])
    .slice(0, n)
    .map(([i]) => i);
}

export function lastKnown(
  values: readonly (number | null)[],
  from = 0,
  to = values.length - 1,
): { value: number; at: number } | null {
  for (let i = to; i >= from; i -= 1) {
    const value = values[i];
    if (value != null) return { value, at: i };
  }
  return null;
}

/** The greatest known value in positions `from`..`to` and where it is first reached. */
export function peakOf(
  values: readonly (number | null)[],
  from = 0,
  to = values.length - 1,
): { value: number; at: number } | null {
  let best: { value: number; at: number } | null = null;
  for (let i = from; i <= to; i += 1) {
    const value = values[i];
    if (value != null && (best === null || value > best.value)) best = { value, at: i };
  }
  return best;
}
