/** Lights up one of many lines under the pointer, without redrawing the rest. */

import { draw, make } from "../shared/dom";
import { figure, withUnit } from "../shared/number";
import type { EChartsType } from "./echarts";
import { xText, type Chart } from "./model";
import { closest, nearest, type Near } from "./nearest";
import { runs } from "./parts";

export class LineHover {
  private path = draw("path", { class: "hover-line" });
  private dot = draw("circle", { class: "hover-dot", r: 4.5 });
  private svg = draw("svg", { class: "chart-hover", "aria-hidden": "true" }, this.path, this.dot);
  private tip = make("div", { class: "tip-card chart-hover-tip", hidden: true });
  private near: Near | null = null;

  constructor(
    private plot: HTMLElement,
    private engine: EChartsType,
    private chart: Chart,
    private shown: () => { series: number[]; log: boolean },
    pick: (series: number) => void,
  ) {
    plot.append(this.svg, this.tip);
    const zr = engine.getZr();
    zr.on("mousemove", (event) => this.move(event.offsetX, event.offsetY));
    zr.on("globalout", () => this.hide());
    zr.on("click", () => {
      if (this.near) pick(this.near.series);
    });
  }

  private move(x: number, y: number): void {
    if (!this.engine.containPixel("grid", [x, y])) return this.hide();
    const { series, log } = this.shown();
    const value = this.engine.convertFromPixel({ xAxisIndex: 0 }, x) as unknown as number;
    const at = closest(this.chart.xs, value);
    const toY = (v: number): number =>
      log && v <= 0 ? Infinity : (this.engine.convertToPixel({ yAxisIndex: 0 }, v) as unknown as number);
    this.near = nearest(this.chart, series, at, y, toY);
    if (!this.near) return this.hide();
    this.light(this.near, toY, log);
  }

  private light(near: Near, toY: (v: number) => number, log: boolean): void {
    const one = this.chart.series[near.series];
    const toX = (v: number): number => this.engine.convertToPixel({ xAxisIndex: 0 }, v) as unknown as number;
    const values = one?.values ?? [];
    const shown = (i: number): boolean => values[i] != null && (!log || (values[i] ?? 0) > 0);
    const d = runs(values.length, shown)
      .map(([from, to]) => {
        const points = [];
        for (let i = from; i <= to; i += 1) {
          points.push(`${toX(this.chart.xs[i] ?? 0).toFixed(1)} ${toY(values[i] ?? 0).toFixed(1)}`);
        }
        return `M${points.join("L")}`;
      })
      .join("");
    const x = toX(this.chart.xs[near.at] ?? 0);
    const y = toY(values[near.at] ?? 0);
    this.path.setAttribute("d", d);
    this.dot.setAttribute("cx", String(x));
    this.dot.setAttribute("cy", String(y));
    this.svg.classList.add("is-on");
    this.tip.replaceChildren(
      make("strong", {}, one?.name ?? ""),
      make("span", {}, `${xText(this.chart, near.at)}  ${withUnit(figure(values[near.at]), one?.unit)}`),
    );
    this.tip.hidden = false;
    const right = x + 14 + this.tip.offsetWidth < this.plot.clientWidth;
    const left = right ? x + 14 : x - 14 - this.tip.offsetWidth;
    this.tip.style.transform = `translate(${Math.round(left)}px, ${Math.round(Math.max(0, y - 48))}px)`;
  }

  hide(): void {
    this.near = null;
    this.svg.classList.remove("is-on");
    this.tip.hidden = true;
  }
}
