/** The map as a list: the same places, largest first, for eyes, keys and screen readers. */

import { make } from "./dom";
import type { MapPlace } from "./mapdata";
import { figure, withUnit } from "./number";
import { classOf, type Scale } from "./scale";
import { say } from "./words";

export interface PlaceList {
  element: HTMLDetailsElement;
  update(places: readonly MapPlace[]): void;
  rescale(scale: Scale): void;
  open(): void;
}

/** What a place's value reads as. */
export function valueText(place: MapPlace, scale: Scale): string {
  if (place.label) return place.label;
  return place.value === null ? say("noData") : withUnit(figure(place.value), scale.unit);
}

/** Places from the greatest value down; those without a value last, then by name. */
export function byValue(places: readonly MapPlace[]): MapPlace[] {
  return [...places].sort(
    (a, b) => (b.value ?? -Infinity) - (a.value ?? -Infinity) || a.name.localeCompare(b.name, "zh"),
  );
}

/** A folded list of `places`; `point` is told which place the reader is on. */
export function placeList(
  places: readonly MapPlace[],
  scale: Scale,
  point: (id: string | null) => void,
): PlaceList {
  let shown = places;
  const body = make("tbody");
  const unplaced = places.filter((place) => !place.placed).length;
  const element = make(
    "details",
    { class: "map-list" },
    make("summary", {}, say("mapList", { n: places.length })),
    unplaced > 0 && make("p", { class: "hint" }, say("unplaced", { n: unplaced })),
    make(
      "div",
      { class: "map-list-scroll", tabindex: 0, role: "region", "aria-label": say("mapList", { n: places.length }) },
      make(
        "table",
        { class: "table" },
        make(
          "thead",
          {},
          make(
            "tr",
            {},
            make("th", { scope: "col" }, say("place")),
            make("th", { scope: "col", class: "number" }, scale.title ?? say("value")),
          ),
        ),
        body,
      ),
    ),
  );
  const write = (): void => {
    // A closed list of 340 rows is not worth writing on every frame of a film.
    if (!element.open) return;
    body.replaceChildren(...byValue(shown).map((place) => row(place, scale, point)));
  };
  element.addEventListener("toggle", write);
  return {
    element,
    update: (next) => {
      shown = next;
      write();
    },
    rescale: (next) => {
      scale = next;
      write();
    },
    open: () => {
      element.open = true;
      write();
    },
  };
}

function row(place: MapPlace, scale: Scale, point: (id: string | null) => void): HTMLElement {
  const swatch = make("span", { class: "swatch", "aria-hidden": "true" });
  const colour = scale.colours[classOf(place.value, scale.breaks)];
  if (colour) swatch.style.backgroundColor = colour;
  const name = place.url ? make("a", { href: place.url }, place.name) : place.name;
  const line = make(
    "tr",
    {},
    make("th", { scope: "row" }, swatch, name),
    make("td", { class: "number" }, valueText(place, scale)),
  );
  line.onpointerenter = () => point(place.id);
  line.onpointerleave = () => point(null);
  line.addEventListener("focusin", () => point(place.id));
  line.addEventListener("focusout", () => point(null));
  return line;
}
