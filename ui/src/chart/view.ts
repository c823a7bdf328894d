/** The drawing half of `<rc-chart>`: puts plot, key, tools and table together. */

import { levelShape, make, saveFile } from "../shared/dom";
import { say } from "../shared/words";
import { echarts, type EChartsType } from "./echarts";
import { writeEnds } from "./ends";
import { LineHover } from "./hover";
import { keyOf, MOST_PINS } from "./key";
import { lookOf, type Look } from "./look";
import { leaders, MANY, readChart, xText, type Chart, type ChartInput } from "./model";
import { closest } from "./nearest";
import { axesOf, colourOf, optionOf } from "./option";
import type { State } from "./state";
import { pictureOf } from "./picture";
import { csvOf, tableElement } from "./table";
import { toolsOf } from "./tools";

/** More lines than this are drawn on a canvas; so many SVG nodes slow a page. */
const CANVAS_FROM = 60;

export class ChartView {
  private chart: Chart;
  private state: State;
  private look: Look;
  private engine: EChartsType | null = null;
  private hover: LineHover | null = null;
  private plot = make("div", { class: "chart-plot", role: "img" });
  private stage = make("div", { class: "chart-stage" });
  private ends = make("div", { class: "chart-ends", "aria-hidden": "true" });
  private keyPlace = make("div", { class: "chart-key-place" });
  private tablePlace = make("div", { hidden: true });
  private watcher: ResizeObserver;
  private resizing = 0;

  constructor(
    private host: HTMLElement,
    given: ChartInput | null,
    private ready: () => void,
  ) {
    this.chart = readChart(given);
    this.look = lookOf(host);
    const many = this.chart.series.length > MANY;
    const all = this.chart.series.map((_, i) => i);
    this.state = {
      log: this.chart.log,
      seen: { from: 0, to: this.chart.xs.length - 1, series: all },
      bright: many ? this.firstPins() : all,
      width: 0,
      zoom: true,
    };
    host.append(this.build());
    this.watcher = new ResizeObserver(() => this.resizeSoon());
    this.watcher.observe(this.plot);
  }

  remove(): void {
    this.watcher.disconnect();
    window.clearTimeout(this.resizing);
    this.engine?.dispose();
    this.engine = null;
  }

  private firstPins(): number[] {
    const asked = this.chart.focus
      .map((name) => this.chart.series.findIndex((one) => one.name === name))
      .filter((i) => i >= 0);
    return (asked.length > 0 ? asked : leaders(this.chart, 5)).slice(0, MOST_PINS);
  }

  private build(): HTMLElement {
    const { chart } = this;
    // ECharts empties what it is given, so it gets an element of its own.
    this.plot.append(this.stage, this.ends);
    const last = chart.xs.length - 1;
    this.plot.setAttribute(
      "aria-label",
      say("chartHelp", { title: chart.title || say("chart"), n: chart.series.length, from: xText(chart, 0), to: xText(chart, last) }),
    );
    const positive = chart.series.some((one) => one.values.some((v) => v !== null && v > 0));
    const tools = toolsOf({
      log: positive && chart.kind === "line" ? this.state.log : null,
      setLog: (log) => {
        this.state.log = log;
        this.draw();
      },
      setTable: (shown) => this.showTable(shown),
      savePng: () => void this.savePng(),
      saveCsv: () => this.saveCsv(),
    });
    return make(
      "figure",
      { class: "chart" },
      make("div", { class: "chart-head" }, chart.title && make("figcaption", { class: "chart-title" }, chart.title), tools),
      this.keyPlace,
      this.plot,
      this.tablePlace,
      chart.marks.length > 0 && this.flags(),
      chart.source && make("p", { class: "chart-source" }, chart.source),
    );
  }

  private flags(): HTMLElement {
    const marks = [...this.chart.marks].sort((a, b) => a.at - b.at);
    const items = marks.map((mark) =>
      make("li", {}, levelShape(mark.level), make("span", { class: "flag-when" }, xText(this.chart, mark.at)), make("span", {}, mark.label)),
    );
    return make(
      "details",
      { class: "chart-flags", open: marks.length <= 4 },
      make("summary", {}, say("bracket", { a: say("flags"), b: marks.length })),
      make("ul", { class: "flags" }, ...items),
    );
  }

  private start(): void {
    const renderer = this.chart.series.length > CANVAS_FROM ? "canvas" : "svg";
    this.engine = echarts.init(this.stage, null, { renderer });
    this.engine.on("datazoom", () => this.zoomed());
    if (this.chart.series.length > MANY) {
      const shown = (): { series: number[]; log: boolean } => ({ series: this.state.seen.series, log: this.state.log });
      this.hover = new LineHover(this.plot, this.engine, this.chart, shown, (i) => this.toggle(i));
    }
    this.engine.on("finished", () => this.ready());
    this.draw();
  }

  private draw(): void {
    this.hover?.hide();
    this.engine?.setOption(optionOf(this.chart, this.state, this.look), { notMerge: true });
    this.nameEnds();
    const colour = (i: number): string => this.colour(i);
    this.replaceKey(keyOf(this.chart, this.state.bright, { toggle: (i) => this.toggle(i), colour }));
    if (!this.tablePlace.hidden) this.showTable(true);
  }

  private colour(i: number): string {
    return colourOf(this.chart, this.look, i, this.state.bright.indexOf(i));
  }

  private nameEnds(): void {
    if (!this.engine) return;
    writeEnds(this.ends, this.engine, this.chart, this.state, { size: this.look.size, colour: (i) => this.colour(i) });
  }

  /** A new key takes the place of the old one, and the keyboard stays where it was. */
  private replaceKey(key: HTMLElement | null): void {
    const old = [...this.keyPlace.querySelectorAll<HTMLElement>("button, input")];
    const at = old.indexOf(document.activeElement as HTMLElement);
    this.keyPlace.replaceChildren(...(key ? [key] : []));
    if (at < 0) return;
    const now = [...this.keyPlace.querySelectorAll<HTMLElement>("button, input")];
    (now[at] ?? now[now.length - 1])?.focus();
  }

  private toggle(i: number): void {
    const { bright, seen } = this.state;
    const many = this.chart.series.length > MANY;
    if (bright.includes(i)) {
      // The last one of a few stays: an empty chart answers nothing.
      if (!many && bright.length === 1) return;
      this.state.bright = bright.filter((one) => one !== i);
    } else if (!many || bright.length < MOST_PINS) {
      this.state.bright = many ? [...bright, i] : [...bright, i].sort((a, b) => a - b);
    }
    if (!many) this.state.seen = { ...seen, series: this.state.bright };
    this.draw();
  }

  private zoomed(): void {
    const axis = this.engine?.getOption()["dataZoom"] as { startValue?: number; endValue?: number }[] | undefined;
    const { startValue, endValue } = axis?.[0] ?? {};
    if (startValue === undefined || endValue === undefined) return;
    const from = closest(this.chart.xs, startValue);
    const to = Math.max(from, closest(this.chart.xs, endValue));
    this.state.seen = { ...this.state.seen, from, to };
    this.engine?.setOption(axesOf(this.chart, this.state, this.look));
    this.nameEnds();
    if (!this.tablePlace.hidden) this.showTable(true);
  }

  private resizeSoon(): void {
    window.clearTimeout(this.resizing);
    this.resizing = window.setTimeout(() => this.resize(), this.engine ? 120 : 0);
  }

  private resize(): void {
    const { clientWidth, clientHeight } = this.plot;
    if (clientWidth === 0 || clientHeight === 0) return;
    this.state.width = clientWidth;
    // Large text may have been switched on: sizes are read again.
    this.look = lookOf(this.host);
    if (!this.engine) return this.start();
    this.engine.resize();
    this.draw();
  }

  private showTable(shown: boolean): void {
    this.tablePlace.hidden = !shown;
    this.plot.hidden = shown;
    this.tablePlace.replaceChildren(...(shown ? [tableElement(this.chart, this.state.seen)] : []));
  }

  private fileName(ending: string): string {
    const { from, to } = this.state.seen;
    const name = (this.chart.title || "chart").replace(/[\\/:*?"<>|\s]+/g, "_");
    return `${name}_${this.chart.xRaw[from]}_${this.chart.xRaw[to]}.${ending}`;
  }

  private saveCsv(): void {
    // The mark at the start tells Excel that this is UTF-8.
    const text = "\ufeff" + csvOf(this.chart, this.state.seen);
    saveFile(new Blob([text], { type: "text/csv" }), this.fileName("csv"));
  }

  private async savePng(): Promise<void> {
    const width = Math.max(640, this.state.width);
    const height = Math.max(320, this.plot.clientHeight - 40);
    const option = this.windowed(optionOf(this.chart, { ...this.state, width, zoom: false }, this.look));
    const key = this.state.bright.map((i) => ({ name: this.chart.series[i]?.name ?? "", colour: this.colour(i) }));
    const caption = { title: this.chart.title, source: this.chart.source, key };
    saveFile(await pictureOf(option, width, height, caption, this.look), this.fileName("png"));
  }

  /** A picture has no slider: the axis itself is cut to what is seen. */
  private windowed(option: Record<string, unknown>): Record<string, unknown> {
    if (this.chart.xType === "category") return option;
    const { from, to } = this.state.seen;
    const axis = option["xAxis"] as { min: number; max: number };
    if (from > 0) axis.min = this.chart.xs[from] ?? axis.min;
    if (to < this.chart.xs.length - 1) axis.max = this.chart.xs[to] ?? axis.max;
    return option;
  }
}
