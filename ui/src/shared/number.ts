/** Figures as people write them, in the page's language. */

import { pageLang, type Lang } from "./words";

const locale: Record<Lang, string> = { zh: "zh-CN", en: "en-GB" };
const MISSING = "—";
const made = new Map<string, Intl.NumberFormat>();

// Making a formatter costs ~50 µs; a map of 340 places asks thousands of times.
function formatter(lang: Lang, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = lang + JSON.stringify(options);
  let format = made.get(key);
  if (!format) made.set(key, (format = new Intl.NumberFormat(locale[lang], options)));
  return format;
}

/** A figure in full: 12,331 or 1.24; whole numbers stay whole; null is a dash. */
export function figure(value: number | null | undefined, lang: Lang = pageLang()): string {
  if (value == null || !Number.isFinite(value)) return MISSING;
  const size = Math.abs(value);
  const digits = Number.isInteger(value) || size >= 1000 ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : 3;
  return formatter(lang, { maximumFractionDigits: digits }).format(value);
}

/** A short figure for axes: 1.2万 or 12K. */
export function shortFigure(value: number, lang: Lang = pageLang()): string {
  if (!Number.isFinite(value)) return MISSING;
  return Math.abs(value) < 10_000
    ? formatter(lang, { maximumFractionDigits: Math.abs(value) < 1 ? 4 : 2 }).format(value)
    : formatter(lang, { notation: "compact", maximumFractionDigits: 1 }).format(value);
}

/** A figure with its unit: 37 人, 37 people, 12%. */
export function withUnit(text: string, unit: string | undefined): string {
  if (!unit || text === MISSING) return text;
  return /^[%‰°]/.test(unit) ? text + unit : `${text} ${unit}`;
}

/** An interval, "31–44"; empty when either end is missing. */
export function interval(
  low: number | null | undefined,
  high: number | null | undefined,
  lang: Lang = pageLang(),
): string {
  if (low == null || high == null) return "";
  return `${figure(low, lang)}–${figure(high, lang)}`;
}

/** A day: 2020年2月13日, 13 February 2020. Anything that is no ISO day comes back as it was. */
export function day(iso: string, lang: Lang = pageLang(), style: "long" | "short" = "long"): string {
  const at = dayNumber(iso);
  if (at === null) return iso;
  const options: Intl.DateTimeFormatOptions =
    style === "long"
      ? { year: "numeric", month: lang === "zh" ? "long" : "short", day: "numeric", timeZone: "UTC" }
      : { month: lang === "zh" ? "numeric" : "short", day: "numeric", timeZone: "UTC" };
  return dayFormatter(lang, options).format(at);
}

const madeDays = new Map<string, Intl.DateTimeFormat>();
function dayFormatter(lang: Lang, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = lang + JSON.stringify(options);
  let format = madeDays.get(key);
  if (!format) madeDays.set(key, (format = new Intl.DateTimeFormat(locale[lang], options)));
  return format;
}

/** Milliseconds since the epoch of an ISO day, at midnight UTC; null when it is none. */
export function dayNumber(iso: string): number | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso);
  if (!found) return null;
  const at = Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3]));
  return new Date(at).toISOString().startsWith(found[0]) ? at : null;
}
