/** The words our elements say by themselves, Chinese and English side by side. */

export type Lang = "zh" | "en";

const words = {
  loading: ["正在载入……", "Loading…"],
  failed: ["没有载入成功。", "This did not load."],
  retry: ["再试一次", "Try again"],
  why: ["原因：{reason}", "Reason: {reason}"],
  network: ["网络不通，或服务没有回应", "no network, or the service did not answer"],
  status: ["服务回应 {code}", "the service answered {code}"],
  badData: ["收到的数据读不懂", "the data could not be read"],
  close: ["关闭", "Close"],
  copied: ["已复制", "Copied"],
  copyFailed: ["没能复制，请手动复制：{text}", "Could not copy. Please copy by hand: {text}"],
  columns: ["显示哪些列", "Columns"],
  columnsHint: ["只影响这台设备上的显示", "Only changes what this device shows"],
  largeTextOn: ["已换成大字", "Large text is on"],
  largeTextOff: ["已恢复普通字号", "Large text is off"],
  motionOff: ["停止动画", "Stop motion"],
  motionOn: ["允许动画", "Allow motion"],
  requestFailed: ["没有办成：{reason}。内容没有改动，可以再试。", "That did not work: {reason}. Nothing was changed; you can try again."],
  noData: ["无数据", "No data"],
  noPlace: ["还没有一个地方标了位置。", "No place has a location yet."],
  noWebgl: ["这台设备画不了地图，下面是同样内容的列表。", "This device cannot draw maps. Here is the same content as a list."],
  mapName: ["地图", "Map"],
  mapHelp: ["{name}，{n} 个地方。用方向键移动，加减号缩放；同样内容见图下的列表。", "{name}, {n} places. Arrow keys move, plus and minus zoom; the list below holds the same content."],
  mapList: ["按数值列出 {n} 个地方", "List all {n} places by value"],
  unplaced: ["{n} 个地方没有位置，只在列表里", "Without a location, so only in this list: {n}"],
  zoomIn: ["放大", "Zoom in"],
  zoomOut: ["缩小", "Zoom out"],
  zoomFit: ["看全部", "Show everything"],
  gestureWheel: ["按住 Ctrl 再滚动，可缩放地图", "Hold Ctrl and scroll to zoom the map"],
  gestureMac: ["按住 ⌘ 再滚动，可缩放地图", "Hold ⌘ and scroll to zoom the map"],
  gestureTouch: ["用两个手指移动地图", "Use two fingers to move the map"],
  and: ["{low} 及以上", "{low} or more"],
  under: ["{high} 以下", "under {high}"],
  place: ["地方", "Place"],
  value: ["数值", "Value"],
  chart: ["图", "Chart"],
  log: ["对数", "Log scale"],
  logHint: ["每一格是上一格的十倍；零不画出", "Each step is ten times the last; zeros are not drawn"],
  table: ["看表格", "As a table"],
  picture: ["看图", "As a chart"],
  png: ["存图 PNG", "Save PNG"],
  csv: ["存表 CSV", "Save CSV"],
  date: ["日期", "Date"],
  note: ["提示", "Note"],
  flags: ["图上标出的情况", "Flags in this chart"],
  latest: ["最新", "Latest"],
  peak: ["最高", "Peak"],
  peakOn: ["最高之日", "Peak on"],
  series: ["名称", "Name"],
  findSeries: ["找一条线", "Find a line"],
  findHint: ["共 {n} 条，输入名称并回车", "{n} lines; type a name, press Enter"],
  unpin: ["不再标出 {name}", "Stop highlighting {name}"],
  notFound: ["没有叫“{name}”的线", "No line is called “{name}”"],
  tooMany: ["最多标出 {n} 条", "At most {n} lines can be highlighted"],
  chartHelp: ["{title}。{n} 组数据，从 {from} 到 {to}。按“看表格”可逐格读。", "{title}. {n} series from {from} to {to}. “As a table” lets you read each figure."],
  emptyChart: ["这段时间没有数字。", "There are no figures for this time."],
  sparkName: ["走势：从 {first} 到 {last}，最高 {peak}", "Trend: from {first} to {last}, peak {peak}"],
  play: ["播放", "Play"],
  pause: ["暂停", "Pause"],
  previous: ["前一天", "Previous day"],
  next: ["后一天", "Next day"],
  day: ["日期", "Day"],
  queued: ["排队等候", "Waiting in line"],
  running: ["正在办", "Working"],
  done: ["办完了", "Done"],
  failedJob: ["没有办成", "Failed"],
  cancelled: ["已取消", "Cancelled"],
  cancelling: ["正在取消……", "Cancelling…"],
  cancel: ["取消", "Cancel"],
  open: ["查看结果", "See the result"],
  ofTotal: ["{done} / {total}", "{done} of {total}"],
  lostTouch: ["暂时联系不上，{s} 秒后再问", "Out of touch, asking again in {s} s"],
  bracket: ["{a}（{b}）", "{a} ({b})"],
} as const satisfies Record<string, readonly [zh: string, en: string]>;

export type WordKey = keyof typeof words;

/** The page's language; Chinese unless the document says otherwise. */
export function pageLang(): Lang {
  const tag = typeof document === "undefined" ? "zh" : document.documentElement.lang;
  return tag.toLowerCase().startsWith("en") ? "en" : "zh";
}

/** The words for `key`, with `{name}` replaced from `parts`. */
export function say(
  key: WordKey,
  parts: Readonly<Record<string, string | number>> = {},
  lang: Lang = pageLang(),
): string {
  return words[key][lang === "zh" ? 0 : 1].replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in parts ? String(parts[name]) : whole,
  );
}

/** Every pair, so that a test can hold both sides to the same placeholders. */
export const allWords: Readonly<Record<string, readonly [string, string]>> = words;
