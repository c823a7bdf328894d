/** Classes for colours on a map: breaks, colours, legend. */

import { figure } from "./number";
import { pageLang, say, type Lang } from "./words";

/** Class i holds breaks[i-1] <= value < breaks[i]; there is one colour more than breaks. */
export interface Scale {
  breaks: number[];
  colours: string[];
  labels: string[];
  title?: string;
  unit?: string;
}

/** What a page may give; whatever is left out is worked out from the values. */
export type ScaleInput = Partial<Scale>;

// Lightness falls (on light ground) or rises (on dark) at every step, so the
// order survives every kind of colour blindness and a black-and-white printer.
const onLight = ["#e9edf3", "#fde8b8", "#fbc77a", "#f09a55", "#d9643f", "#ad3540", "#6d1b3d"];
const onDark = ["#26354f", "#4a4264", "#7d4a6c", "#b45665", "#df7352", "#f4a14f", "#fcd97f"];

/** `n` colours from pale to strong for the given ground. */
export function colourRamp(n: number, dark = false): string[] {
  const ramp = dark ? onDark : onLight;
  if (n <= 1) return ramp.slice(3, 4);
  return Array.from({ length: n }, (_, i) => {
    return ramp[Math.round((i * (ramp.length - 1)) / (n - 1))] as string;
  });
}

/** The class of `value`, from 0 to breaks.length; -1 for no value. */
export function classOf(value: number | null | undefined, breaks: readonly number[]): number {
  if (value == null || !Number.isFinite(value)) return -1;
  let low = 0;
  let high = breaks.length;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (value >= (breaks[mid] as number)) low = mid + 1;
    else high = mid;
  }
  return low;
}

/**
 * Breaks that suit the values: powers of ten for counts that span three or
 * more orders (epidemics do), otherwise rounded quantiles; at most `most`.
 */
export function niceBreaks(values: readonly number[], most = 6): number[] {
  const positive = values.filter((v) => Number.isFinite(v) && v > 0).sort((a, b) => a - b);
  if (positive.length === 0) return [1];
  const least = positive[0] as number;
  const greatest = positive[positive.length - 1] as number;
  const from = Math.floor(Math.log10(least));
  const to = Math.floor(Math.log10(greatest));
  if (to - from >= 3) {
    const start = Math.max(from, to - most + 1);
    return Array.from({ length: to - start + 1 }, (_, i) => Number(`1e${start + i}`));
  }
  const breaks: number[] = [];
  for (let i = 0; i < most - 1; i += 1) {
    const at = positive[Math.floor((i * positive.length) / (most - 1))] as number;
    const rounded = roundDown(at);
    if (rounded > 0 && rounded > (breaks[breaks.length - 1] ?? 0)) breaks.push(rounded);
  }
  return breaks.length > 0 ? breaks : [least];
}

/** The largest 1, 1.5, 2, 3, 5 or 7 times a power of ten that is not above `value`. */
export function roundDown(value: number): number {
  const power = Math.floor(Math.log10(value));
  const step = value / Number(`1e${power}`);
  const mark = [7, 5, 3, 2, 1.5, 1].find((m) => step >= m - 1e-9) ?? 1;
  return Number((mark * Number(`1e${power}`)).toPrecision(3));
}

/** What each class holds, in words: "under 10", "10–99", "1,000 or more". */
export function classLabels(breaks: readonly number[], lang: Lang = pageLang()): string[] {
  const whole = breaks.every(Number.isInteger);
  return Array.from({ length: breaks.length + 1 }, (_, i) => {
    const low = breaks[i - 1];
    const high = breaks[i];
    if (low === undefined) {
      if (high === 1 && whole) return "0";
      return say("under", { high: figure(high, lang) }, lang);
    }
    if (high === undefined) return say("and", { low: figure(low, lang) }, lang);
    const last = whole ? high - 1 : high;
    return last === low ? figure(low, lang) : `${figure(low, lang)}–${figure(last, lang)}`;
  });
}

/** A whole scale from what was given and, for the rest, from the values. */
export function completeScale(
  given: ScaleInput | null,
  values: readonly number[],
  options: { dark?: boolean; lang?: Lang } = {},
): Scale {
  const breaks = given?.breaks?.length
    ? [...given.breaks].sort((a, b) => a - b)
    : niceBreaks(values);
  const fits = (list: string[] | undefined): list is string[] => list?.length === breaks.length + 1;
  return {
    breaks,
    colours: fits(given?.colours) ? given.colours : colourRamp(breaks.length + 1, options.dark),
    labels: fits(given?.labels) ? given.labels : classLabels(breaks, options.lang),
    ...(given?.title ? { title: given.title } : {}),
    ...(given?.unit ? { unit: given.unit } : {}),
  };
}
