/** What scripts add to a list: moving by keys, "/" to search, choosing columns. */

import { make } from "../shared/dom";
import { say } from "../shared/words";

export function startLists(root: ParentNode = document): void {
  for (const list of root.querySelectorAll<HTMLElement>("[data-list]")) offerColumns(list);
}

export function listenForListKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target as HTMLElement;
    if (event.key === "/" && !isTyping(target)) {
      const search = document.querySelector<HTMLInputElement>("[data-list] input[type=search]");
      if (!search) return;
      event.preventDefault();
      search.focus();
      search.select();
      return;
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const row = target.closest<HTMLElement>("[data-list] tbody tr");
    if (!row || isTyping(target)) return;
    const next = nearestRow(row, event.key === "ArrowDown");
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}

function isTyping(element: HTMLElement): boolean {
  return element.matches("input:not([type=checkbox]):not([type=radio]), textarea, select") || element.isContentEditable;
}

function nearestRow(row: Element, down: boolean): HTMLElement | null {
  let next = row;
  for (;;) {
    const sibling = down ? next.nextElementSibling : next.previousElementSibling;
    if (!sibling) return null;
    const link = sibling.querySelector<HTMLElement>("a, button, input");
    if (link) return link;
    next = sibling;
  }
}

function offerColumns(list: HTMLElement): void {
  const place = list.querySelector<HTMLElement>("[data-columns]");
  const heads = [...list.querySelectorAll<HTMLElement>("thead th[data-col]")];
  if (!place || heads.length === 0) return;
  const key = `rencheng-columns-${list.dataset["list"] ?? ""}`;
  const hidden = new Set(read(key));
  const boxes = heads.map((head) => {
    const name = head.dataset["col"] ?? "";
    const box = make("input", { type: "checkbox", checked: !hidden.has(name) });
    box.onchange = () => {
      if (box.checked) hidden.delete(name);
      else hidden.add(name);
      write(key, [...hidden]);
      apply(list, hidden);
    };
    return make("label", { class: "check" }, box, make("span", {}, head.dataset["label"] ?? head.textContent?.trim() ?? name));
  });
  place.replaceChildren(
    make(
      "details",
      { class: "popover" },
      make("summary", { class: "button button-quiet" }, say("columns")),
      make("div", { class: "popover-body" }, make("p", { class: "hint" }, say("columnsHint")), ...boxes),
    ),
  );
  apply(list, hidden);
}

function apply(list: HTMLElement, hidden: ReadonlySet<string>): void {
  for (const cell of list.querySelectorAll<HTMLElement>("[data-col]")) {
    cell.hidden = hidden.has(cell.dataset["col"] ?? "");
  }
}

function read(key: string): string[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(found) ? found.map(String) : [];
  } catch {
    return [];
  }
}

function write(key: string, names: string[]): void {
  try {
    localStorage.setItem(key, JSON.stringify(names));
  } catch {
    // The choice holds for this page only.
  }
}
