import { describe, expect, it } from "vitest";
import { spread } from "../src/chart/ends";
import { MANY, readChart, type ChartInput } from "../src/chart/model";
import { closest, nearest } from "../src/chart/nearest";
import { runs } from "../src/chart/parts";
import { extentOf } from "../src/chart/scale";
import { csvOf, tableOf } from "../src/chart/table";
import { dateTicks, tickText } from "../src/chart/ticks";

const given: ChartInput = {
  title: "新增",
  x: { type: "date", values: ["2020-02-11", "2020-02-12", "2020-02-13"] },
  series: [
    { name: "湖北", values: [1638, 14840, null], low: [1600, 14000, null], high: [1700, 15000, null], unit: "例" },
    { name: "=其他", values: [381, 312, 0] },
  ],
  marks: [{ x: "2020-02-12", label: '口径改变，"临床诊断"', level: "red", series: "湖北" }],
};
const seen = { from: 0, to: 2, series: [0, 1] };

describe("what a page gives", () => {
  it("is refused when a series is shorter than its axis", () => {
    expect(() => readChart({ ...given, series: [{ name: "a", values: [1] }] })).toThrow(/a 1 ≠ 3/);
    expect(() => readChart(null)).toThrow();
  });

  it("keeps marks that fall on the axis, each on its own series", () => {
    const chart = readChart({ ...given, marks: [...(given.marks ?? []), { x: "2019-01-01", label: "x", level: "blue" }] });
    expect(chart.marks.map((mark) => [mark.at, mark.on])).toEqual([[1, 0]]);
  });
});

describe("the table", () => {
  it("reads each figure with its interval, a dash for the unknown, and the flag of the day", () => {
    const table = tableOf(readChart(given), seen);
    expect(table.rows.map((row) => row.map((cell) => cell.text))).toEqual([
      ["2020年2月11日", "1,638 (1,600–1,700)", "381", ""],
      ["2020年2月12日", "14,840 (14,000–15,000)", "312", '口径改变，"临床诊断"'],
      ["2020年2月13日", "—", "0", ""],
    ]);
  });

  it("turns to a row per series where there are many", () => {
    const series = Array.from({ length: MANY + 1 }, (_, i) => ({ name: `s${i}`, values: [i, 2 * i, i] }));
    const chart = readChart({ ...given, series });
    const table = tableOf(chart, { from: 0, to: 2, series: series.map((_, i) => i) });
    expect(table.rows).toHaveLength(MANY + 1);
    expect(table.rows[0]?.map((cell) => cell.text)).toEqual(["s12", "12", "24", "2020年2月12日"]);
  });

  it("goes into a file with exact figures, quoted where needed, and no formula", () => {
    expect(csvOf(readChart(given), seen).split("\r\n")).toEqual([
      "date,湖北（例）,湖北 low,湖北 high,'=其他,note",
      "2020-02-11,1638,1600,1700,381,",
      '2020-02-12,14840,14000,15000,312,"口径改变，""临床诊断"""',
      "2020-02-13,,,,0,",
      "",
    ]);
  });
});

describe("axes", () => {
  const chart = readChart(given);

  it("begin at zero and reach over every value and interval seen", () => {
    const [low, high] = extentOf(chart, seen, false);
    expect(low).toBe(0);
    expect(high).toBeGreaterThanOrEqual(15000);
    expect(extentOf(chart, { ...seen, series: [1] }, false)[1]).toBeLessThan(500);
  });

  it("are powers of ten on a log scale, and never zero", () => {
    expect(extentOf(chart, seen, true)).toEqual([100, 100000]);
  });

  it("mark firsts of months, not odd days, and no more than fit", () => {
    const from = Date.UTC(2019, 11, 1);
    const to = Date.UTC(2020, 5, 29);
    const ticks = dateTicks(from, to, 8);
    expect(ticks.map((at) => tickText(at, at === ticks[0], "zh"))).toEqual([
      "2019年12月", "2020年1月", "2月", "3月", "4月", "5月", "6月",
    ]);
    for (const most of [2, 3, 5, 12, 40]) expect(dateTicks(from, to, most).length).toBeLessThanOrEqual(most);
    expect(dateTicks(from, from, 5)).toEqual([from]);
  });
});

describe("lines under the pointer", () => {
  const chart = readChart(given);

  it("are the nearest with a value there, within reach", () => {
    expect(nearest(chart, [0, 1], 0, 385, (v) => v)).toEqual({ series: 1, at: 0, distance: 4 });
    expect(nearest(chart, [0, 1], 2, 900, (v) => v)).toBeNull();
  });

  it("are looked for at the closest day", () => {
    expect(closest([0, 10, 20], 14)).toBe(1);
    expect(closest([0, 10, 20], -5)).toBe(0);
    expect(closest([0, 10, 20], 99)).toBe(2);
  });
});

describe("drawing", () => {
  it("breaks a line where a day is unknown", () => {
    const known = [true, true, false, true];
    expect(runs(4, (i) => known[i] === true)).toEqual([[0, 1], [3, 3]]);
  });

  it("moves names apart and keeps them inside", () => {
    const tops = spread([50, 52, 51, 99], 10, 100);
    const sorted = [...tops].sort((a, b) => a - b);
    sorted.slice(1).forEach((top, i) => expect(top - (sorted[i] ?? 0)).toBeGreaterThanOrEqual(10));
    expect(Math.max(...tops)).toBeLessThanOrEqual(90);
  });
});
