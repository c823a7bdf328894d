/** `<rc-chart>`: the light half; ECharts is fetched only where a chart stands. */

import { elementJson, failurePanel, loadingPanel } from "../shared/source";
import { make } from "../shared/dom";
import { say } from "../shared/words";
import type { ChartInput } from "../chart/model";
import type { ChartView } from "../chart/view";

export class ChartElement extends HTMLElement {
  private view: ChartView | null = null;
  private waiting = new AbortController();

  connectedCallback(): void {
    this.waiting = new AbortController();
    const height = this.getAttribute("height");
    // Given in pixels at the normal text size, so that large text gets a larger plot.
    if (height) this.style.setProperty("--height", /^\d+$/.test(height) ? `${Number(height) / 16}rem` : height);
    void this.load();
  }

  disconnectedCallback(): void {
    this.waiting.abort();
    this.view?.remove();
    this.view = null;
    delete this.dataset["ready"];
  }

  private async load(): Promise<void> {
    const keep = [...this.querySelectorAll(":scope > script")];
    const { signal } = this.waiting;
    try {
      const reading = Promise.all([elementJson<ChartInput>(this, signal), import("../chart/view")]);
      this.replaceChildren(...keep, loadingPanel());
      const [given, { ChartView }] = await reading;
      if (signal.aborted) return;
      this.replaceChildren(...keep);
      if (given && (given.series?.length === 0 || given.x?.values?.length === 0)) {
        const text = this.getAttribute("empty-text") ?? say("emptyChart");
        this.append(make("div", { class: "state state-empty" }, make("p", {}, text)));
        this.dataset["ready"] = "true";
        return;
      }
      this.view = new ChartView(this, given, () => (this.dataset["ready"] = "true"));
    } catch (error) {
      if (signal.aborted) return;
      this.replaceChildren(...keep, failurePanel(error, () => void this.load()));
      this.dataset["ready"] = "failed";
    }
  }
}
