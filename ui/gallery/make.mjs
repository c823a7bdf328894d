/**
 * The gallery's invented epidemic: a city that does not exist, the same at
 * every build, so that a picture of the gallery changes only when we change it.
 */
import { mkdirSync, writeFileSync } from "node:fs";

const out = new URL("../public/gallery/", import.meta.url);
mkdirSync(out, { recursive: true });

let seed = 20261122;
function random() {
  // Park and Miller's generator: small, and the same on every machine.
  seed = (seed * 48271) % 2147483647;
  return seed / 2147483647;
}

const heads = "临Lin 江Jiang 南Nan 北Bei 东Dong 西Xi 安An 平Ping 和He 永Yong 长Chang 新Xin 青Qing 石Shi 柳Liu 桥Qiao 山Shan 海Hai 云Yun 龙Long 凤Feng 金Jin 玉Yu 白Bai 高Gao 光Guang".split(" ");
const tails = "桥qiao 湾wan 岭ling 川chuan 浦pu 塘tang 洲zhou 坪ping 滩tan 泽ze 原yuan 渡du 庄zhuang 津jin 溪xi".split(" ");
function names(n) {
  const all = heads.flatMap((head) => tails.map((tail) => ({ zh: head[0] + tail[0], en: head.slice(1) + tail.slice(1) })));
  return Array.from({ length: n }, () => all.splice(Math.floor(random() * all.length), 1)[0]);
}

const day = (i, from = "2025-12-01") => new Date(Date.parse(from) + i * 86_400_000).toISOString().slice(0, 10);
const wave = (t, peak, width, height) => height * Math.exp(-((t - peak) ** 2) / (2 * width * width));
const write = (name, data) => writeFileSync(new URL(name, out), JSON.stringify(data));

// A city of districts: a grid with shaken corners, cut to a round outline.
const NX = 9;
const NY = 7;
const corner = Array.from({ length: NX + 1 }, (_, x) =>
  Array.from({ length: NY + 1 }, (_, y) => [
    +(120.1 + (x + (random() - 0.5) * 0.55) * 0.055).toFixed(5),
    +(30.05 + (y + (random() - 0.5) * 0.55) * 0.048).toFixed(5),
  ]),
);
function edge(a, b) {
  // Both neighbours ask for the same edge and must get the same bend.
  const [p, q] = a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]) ? [a, b] : [b, a];
  const bend = Math.sin(p[0] * 9713 + q[1] * 7919) * 0.13;
  const mid = [(p[0] + q[0]) / 2 - (q[1] - p[1]) * bend, (p[1] + q[1]) / 2 + (q[0] - p[0]) * bend];
  return [a, mid.map((v) => +v.toFixed(5))];
}
const cells = [];
for (let x = 0; x < NX; x += 1) {
  for (let y = 0; y < NY; y += 1) {
    if (((x - 4) / 4.7) ** 2 + ((y - 3) / 3.6) ** 2 > 1) continue;
    const ring = [corner[x][y], corner[x + 1][y], corner[x + 1][y + 1], corner[x][y + 1]];
    const line = ring.flatMap((at, i) => edge(at, ring[(i + 1) % 4]));
    cells.push({ x, y, ring: [...line, line[0]] });
  }
}
const districtNames = names(cells.length);
const DAYS = 120;
const dates = Array.from({ length: DAYS }, (_, i) => day(i));
const ids = cells.map((_, i) => `d${i + 1}`);
const daily = dates.map((_, t) =>
  cells.map(({ x, y }, i) => {
    if (i === 17) return t < 30 ? null : Math.round(wave(t, 70, 9, 22));
    const far = Math.hypot(x - 5, y - 3);
    const height = 240 * Math.exp(-far * 0.95) * (0.35 + ((i * 37) % 10) / 8);
    return Math.round(wave(t, 58 + far * 4, 11 + far, height) * (0.85 + random() * 0.3));
  }),
);
const now = 74;
for (const lang of ["zh", "en"]) {
  const zh = lang === "zh";
  write(`districts.${lang}.json`, {
    type: "FeatureCollection",
    scale: {
      breaks: [1, 5, 15, 40, 100],
      title: zh ? "每日新增" : "New cases a day",
      unit: zh ? "例" : "cases",
    },
    features: [
      ...cells.map(({ ring }, i) => ({
        type: "Feature",
        geometry: { type: "Polygon", coordinates: [ring] },
        properties: { id: ids[i], name: districtNames[i][lang], value: daily[now][i], url: `#${ids[i]}` },
      })),
      {
        type: "Feature",
        geometry: null,
        properties: { id: "none", name: zh ? "地址不详" : "Address unknown", value: 6 },
      },
    ],
  });
}
write("frames.json", { dates, ids, values: daily });

// A country of towns, as points.
const TOWNS = 340;
const townNames = names(TOWNS);
const towns = townNames.map((name, i) => {
  const ring = Math.sqrt(random()) * 9;
  const turn = random() * 2 * Math.PI;
  const size = Math.exp(random() * 4.4 - 0.6) * Math.exp(-ring * 0.33);
  return { i, name, lon: 112 + ring * 1.25 * Math.cos(turn), lat: 31 + ring * 0.85 * Math.sin(turn), ring, size };
});
towns[0] = { i: 0, name: { zh: "临江市", en: "Linjiang" }, lon: 112.1, lat: 31.1, ring: 0, size: 560 };
const LONG = 212;
const townSeries = towns.map(({ ring, size }) => {
  let sum = 0;
  return Array.from({ length: LONG }, (_, t) => {
    sum += wave(t, 62 + ring * 2.2, 11 + ring * 0.6, size * 4) * (0.6 + random() * 0.8);
    return Math.round(sum);
  });
});
for (const lang of ["zh", "en"]) {
  const zh = lang === "zh";
  write(`towns.${lang}.json`, {
    type: "FeatureCollection",
    features: towns.map(({ i, name, lon, lat }) => ({
      type: "Feature",
      geometry: { type: "Point", coordinates: [+lon.toFixed(4), +lat.toFixed(4)] },
      properties: { id: `t${i}`, name: name[lang], value: townSeries[i][LONG - 1], url: `#t${i}` },
    })),
  });
  write(`many.${lang}.json`, {
    title: zh ? "340 个城市的累计确诊" : "Confirmed to date in 340 cities",
    kind: "line",
    x: { type: "date", values: Array.from({ length: LONG }, (_, i) => day(i)) },
    series: towns.map(({ i, name }) => ({ name: name[lang], values: townSeries[i], unit: zh ? "例" : "cases" })),
    log: true,
    source: zh ? "来源：本页虚构的疫情，仅供展示。" : "Source: an epidemic invented for this page.",
  });
}

// One city's curve: counts, a smoothed line with its interval, and a forecast.
const city = daily.map((row) => row.reduce((sum, v) => sum + (v ?? 0), 0));
city[now - 9] = Math.round(city[now - 9] * 2.3);
const smooth = city.map((_, t) => {
  const part = city.slice(Math.max(0, t - 3), t + 4).filter((_, k) => Math.max(0, t - 3) + k !== now - 9);
  return Math.round(part.reduce((a, b) => a + b, 0) / part.length);
});
const END = now + 22;
for (const lang of ["zh", "en"]) {
  const zh = lang === "zh";
  const seen = (t) => t <= now;
  const values = (f) => Array.from({ length: END }, (_, t) => f(t));
  write(`trend.${lang}.json`, {
    title: zh ? "每日新增确诊，与未来三周" : "New confirmed cases a day, and three weeks ahead",
    kind: "band",
    x: { type: "date", values: dates.slice(0, END) },
    series: [
      { name: zh ? "上报" : "Reported", values: values((t) => (seen(t) ? city[t] : null)), unit: zh ? "例" : "cases" },
      {
        name: zh ? "七日平滑" : "7-day smooth",
        values: values((t) => (seen(t) ? smooth[t] : null)),
        low: values((t) => (seen(t) ? Math.round(smooth[t] * 0.88) : null)),
        high: values((t) => (seen(t) ? Math.round(smooth[t] * 1.13) : null)),
        unit: zh ? "例" : "cases",
      },
      {
        name: zh ? "预测" : "Forecast",
        values: values((t) => (t >= now ? smooth[t] : null)),
        low: values((t) => (t >= now ? Math.round(smooth[t] * (1 - 0.02 * (t - now) - 0.06)) : null)),
        high: values((t) => (t >= now ? Math.round(smooth[t] * (1 + 0.035 * (t - now) + 0.06)) : null)),
        unit: zh ? "例" : "cases",
        dashed: true,
      },
    ],
    marks: [
      { x: day(now - 9), label: zh ? "一日补报：口径改为临床诊断，2.3 倍于前一日" : "Backlog in one day: clinical cases now counted, 2.3 times the day before", level: "red" },
      { x: day(31), label: zh ? "假日少报" : "Under-reported over a holiday", level: "yellow" },
      { x: day(46), label: zh ? "累计数回落 4 例" : "Cumulative count fell by 4", level: "orange" },
      { x: day(20), label: zh ? "首例上报" : "First case reported", level: "blue" },
    ],
    source: zh ? "来源：本页虚构的疫情。阴影是 95% 区间；预测过去 8 周的 WIS 为朴素预测的 0.71。" : "Source: an epidemic invented for this page. Shading is the 95% interval; over the past 8 weeks the forecast's WIS was 0.71 of a naive one.",
  });
  write(`bars.${lang}.json`, {
    title: zh ? "每日发热门诊人次" : "Fever clinic visits a day",
    kind: "bar",
    x: { type: "date", values: dates.slice(now - 41, now + 1) },
    series: [{ name: zh ? "人次" : "Visits", values: city.slice(now - 41, now + 1).map((v) => Math.round(v * 2.1 + 80)), unit: zh ? "人次" : "visits" }],
  });
}

write("job.json", { state: "running", done: 41_310, total: 68_975, message: "china_covid19_2020.csv" });
