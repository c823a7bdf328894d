/** Short messages in the corner: `rc:toast` events, from our code or an HX-Trigger header. */

import { levelShape, levels, make, type Level } from "../shared/dom";
import { say } from "../shared/words";

export interface Toast {
  text: string;
  level?: Level | "done";
}

const STAYS_MS = 6000;

export function toast(message: Toast): void {
  document.dispatchEvent(new CustomEvent("rc:toast", { detail: message }));
}

export function listenForToasts(): void {
  const shelf = make("div", { class: "toasts", role: "status", "aria-live": "polite" });
  document.body.append(shelf);
  document.addEventListener("rc:toast", (event) => {
    const { text, level } = (event as CustomEvent<Toast>).detail;
    const shape = levels.includes(level as Level) ? levelShape(level as Level) : null;
    const close = make("button", { type: "button", class: "toast-close", "aria-label": say("close") }, "×");
    const card = make("div", { class: `toast toast-${level ?? "plain"}` }, shape, make("p", {}, text), close);
    close.onclick = () => card.remove();
    shelf.append(card);
    // Bad news stays until somebody closes it.
    if (level !== "red" && level !== "orange") {
      let timer = window.setTimeout(() => card.remove(), STAYS_MS);
      card.onpointerenter = () => window.clearTimeout(timer);
      card.onpointerleave = () => (timer = window.setTimeout(() => card.remove(), STAYS_MS));
    }
  });
}
