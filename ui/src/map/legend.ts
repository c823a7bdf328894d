/** What the colours and circles mean. */

import { draw, make } from "../shared/dom";
import { figure, withUnit } from "../shared/number";
import { roundDown, type Scale } from "../shared/scale";
import { say } from "../shared/words";
import { radiusOf } from "./radius";

/** Legend parts; circles are explained when `largest` is given. */
export function legend(
  scale: Scale,
  options: { gaps: boolean; largest: number | null },
): HTMLElement[] {
  const { title: name, unit } = scale;
  const title = name && unit ? say("bracket", { a: name, b: unit }) : (name ?? unit);
  const parts: HTMLElement[] = [];
  if (title) parts.push(make("p", { class: "legend-title" }, title));
  const items = scale.colours.map((colour, i) => item(scale.labels[i] ?? "", colour));
  if (options.gaps) items.unshift(item(say("noData"), null));
  parts.push(make("ul", { class: "legend-steps" }, ...items));
  if (options.largest) parts.push(circles(options.largest, scale.unit));
  return parts;
}

function item(label: string, colour: string | null): HTMLElement {
  const swatch = make("span", { class: colour ? "swatch" : "swatch swatch-gap", "aria-hidden": "true" });
  if (colour) swatch.style.backgroundColor = colour;
  return make("li", {}, swatch, label);
}

function circles(largest: number, unit: string | undefined): HTMLElement {
  const values = [...new Set([roundDown(largest), roundDown(largest / 10)])].filter((v) => v > 0);
  return make(
    "ul",
    { class: "legend-circles" },
    ...values.map((value) => {
      const r = radiusOf(value, largest);
      const size = 2 * r + 2;
      return make(
        "li",
        {},
        draw(
          "svg",
          { width: size, height: size, "aria-hidden": "true" },
          draw("circle", { cx: r + 1, cy: r + 1, r, class: "legend-circle" }),
        ),
        withUnit(figure(value), unit),
      );
    }),
  );
}
