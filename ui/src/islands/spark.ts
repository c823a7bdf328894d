/** `<rc-spark values="1,2,3">`: a line small enough to stand in a sentence. */

import { draw } from "../shared/dom";
import { figure } from "../shared/number";
import { sparkPath, sparkValues } from "../shared/sparkline";
import { say } from "../shared/words";

const WIDTH = 120;
const HEIGHT = 32;

export class Spark extends HTMLElement {
  static readonly observedAttributes = ["values", "label"];

  connectedCallback(): void {
    this.render();
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.render();
  }

  private render(): void {
    const values = sparkValues(this.getAttribute("values") ?? "");
    const known = values.filter((v): v is number => v !== null);
    const first = known[0];
    const last = known[known.length - 1];
    if (first === undefined || last === undefined) {
      this.replaceChildren();
      return;
    }
    const line = sparkPath(values, WIDTH, HEIGHT, 3);
    const name =
      this.getAttribute("label") ??
      say("sparkName", {
        first: figure(first),
        last: figure(last),
        peak: figure(Math.max(...known)),
      });
    this.replaceChildren(
      draw(
        "svg",
        { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": name },
        draw("path", { class: "spark-area", d: line.area }),
        draw("path", { class: "spark-line", d: line.line }),
        draw("circle", { class: "spark-end", cx: line.end[0], cy: line.end[1], r: 2.6 }),
      ),
    );
  }
}
