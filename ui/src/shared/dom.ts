/** Small tools for building light DOM without innerHTML. */

type Child = Node | string | null | undefined | false;
type Attributes = Record<string, string | number | boolean | null | undefined>;

const SVG = "http://www.w3.org/2000/svg";

function fill(element: Element, attributes: Attributes, children: readonly Child[]): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, String(value));
  }
  for (const child of children) if (child) element.append(child);
}

/** An HTML element with attributes and children. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  fill(element, attributes, children);
  return element;
}

/** An SVG element with attributes and children. */
export function draw<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, tag);
  fill(element, attributes, children);
  return element;
}

export type Level = "red" | "orange" | "yellow" | "blue";
export const levels: readonly Level[] = ["red", "orange", "yellow", "blue"];

const shapes: Record<Level, string> = {
  red: "M8 1.5 15.2 14H.8Z",
  orange: "M8 .6 15.4 8 8 15.4 .6 8Z",
  yellow: "M2 2h12v12H2Z",
  blue: "M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Z",
};

/** The shape of a level, which says the same as its colour. */
export function levelShape(level: Level): SVGSVGElement {
  return draw(
    "svg",
    { class: `shape shape-${level}`, viewBox: "0 0 16 16", "aria-hidden": "true" },
    draw("path", { d: shapes[level] }),
  );
}

/** Offers `blob` to the reader as a file. */
export function saveFile(blob: Blob, name: string): void {
  const link = make("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  // The browser reads the address after this turn of the loop.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** True where the reader asked for less motion, in the system or on our page. */
export function motionIsOff(): boolean {
  return (
    document.documentElement.dataset["motion"] === "still" ||
    matchMedia("(prefers-reduced-motion: reduce)").matches
  );
}

/** A custom property's colour as the browser resolved it for `element`. */
export function token(element: Element, name: string): string {
  return getComputedStyle(element).getPropertyValue(name).trim();
}
