/** Where a time axis carries its words: firsts of months and quarters of them, never odd days. */

import { pageLang, type Lang } from "../shared/words";

const DAY = 86_400_000;

/** Midnights (UTC) between `from` and `to` to mark, at most `most`; finest first. */
export function dateTicks(from: number, to: number, most: number): number[] {
  const room = Math.max(2, most);
  if ((to - from) / DAY + 1 <= room) return everyDays(from, to, 1);
  if ((to - from) / DAY / 2 + 1 <= room) return everyDays(from, to, 2);
  for (const days of [[1, 8, 15, 22], [1, 15], [1]]) {
    const ticks = onDays(from, to, days, 1);
    if (ticks.length <= room && ticks.length >= 2) return ticks;
  }
  for (const months of [2, 3, 6, 12, 24, 60, 120]) {
    const ticks = onDays(from, to, [1], months);
    if (ticks.length <= room) return ticks.length >= 2 ? ticks : [from, to];
  }
  return [from, to];
}

function everyDays(from: number, to: number, step: number): number[] {
  const ticks: number[] = [];
  for (let at = Math.ceil(from / DAY) * DAY; at <= to; at += step * DAY) ticks.push(at);
  return ticks;
}

function onDays(from: number, to: number, days: readonly number[], months: number): number[] {
  const ticks: number[] = [];
  const first = new Date(from);
  // Counted from January, so that every third month means the quarters.
  let month = Math.floor(first.getUTCMonth() / months) * months;
  const year = first.getUTCFullYear();
  for (;;) {
    for (const day of days) {
      const at = Date.UTC(year, month, day);
      if (at > to) return ticks;
      if (at >= from) ticks.push(at);
    }
    month += months;
  }
}

/** The words at a tick: a month by name, with its year in January or when it comes first. */
export function tickText(at: number, first: boolean, lang: Lang = pageLang()): string {
  const date = new Date(at);
  const month = date.getUTCMonth();
  const year = date.getUTCFullYear();
  const zh = lang === "zh";
  const short = zh ? `${month + 1}月` : date.toLocaleDateString("en-GB", { month: "short", timeZone: "UTC" });
  if (date.getUTCDate() !== 1) return zh ? `${short}${date.getUTCDate()}日` : `${date.getUTCDate()} ${short}`;
  if (month !== 0 && !first) return short;
  return zh ? `${year}年${short}` : `${short} ${year}`;
}
