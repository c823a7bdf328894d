/** The extent of the value axis. */

import type { Chart } from "./model";
import type { Seen } from "./table";

/**
 * Least and greatest value to show, intervals included, from zero unless the
 * figures go below it. On a log axis: powers of ten around the positive ones.
 */
export function extentOf(chart: Chart, seen: Seen, log: boolean): [low: number, high: number] {
  let low = Infinity;
  let high = -Infinity;
  const take = (value: number | null | undefined): void => {
    if (value == null || (log && value <= 0)) return;
    if (value < low) low = value;
    if (value > high) high = value;
  };
  for (const i of seen.series) {
    const one = chart.series[i];
    for (let at = seen.from; at <= seen.to; at += 1) {
      take(one?.values[at]);
      // A lower end near zero would stretch a log axis to nothing.
      if (!log) take(one?.low?.[at]);
      take(one?.high?.[at]);
    }
  }
  if (low > high) return log ? [1, 10] : [0, 1];
  if (log) return [power(Math.floor(Math.log10(low))), power(Math.ceil(Math.log10(high) + 1e-9))];
  const floor = Math.min(0, low);
  return [floor < 0 ? roundUp(floor) : 0, roundUp(Math.max(high, floor + 1e-9))];
}

// Number("1e3") is exact where 10 ** -3 may not be.
function power(exponent: number): number {
  return Number(`1e${exponent}`);
}

/** The next round figure away from zero, about a tenth beyond `value`. */
export function roundUp(value: number): number {
  if (value === 0) return 0;
  const size = Math.abs(value) * 1.04;
  const base = power(Math.floor(Math.log10(size)));
  const mark = [1, 1.2, 1.6, 2, 2.5, 3, 4, 5, 6, 8, 10].find((m) => m * base >= size) ?? 10;
  return Math.sign(value) * Number((mark * base).toPrecision(3));
}
