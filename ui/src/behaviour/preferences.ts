/** Large text without a reload, stopping motion, and the menu's current entry in view. */

import { post } from "../shared/source";
import { make } from "../shared/dom";
import { say } from "../shared/words";
import { toast } from "./toast";

const MOTION = "rencheng-motion";

export function startPreferences(): void {
  const root = document.documentElement;
  listenForLargeText(root);
  offerMotionSwitch(root);
  keepMenuInView();
}

function listenForLargeText(root: HTMLElement): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.matches("[data-large-text]")) return;
    event.preventDefault();
    const field = form.elements.namedItem("large_text") as HTMLInputElement;
    const on = field.value === "on";
    const apply = (large: boolean): void => {
      if (large) root.dataset["text"] = "large";
      else delete root.dataset["text"];
      field.value = large ? "off" : "on";
      form.querySelector("button")?.setAttribute("aria-pressed", String(large));
    };
    apply(on);
    post(form.action, { large_text: on ? "on" : "off" }).then(
      (answer) => {
        if (!answer.ok) form.submit();
        else toast({ text: say(on ? "largeTextOn" : "largeTextOff") });
      },
      () => toast({ text: say("requestFailed", { reason: say("network") }), level: "orange" }),
    );
  });
}

function offerMotionSwitch(root: HTMLElement): void {
  const place = document.querySelector("[data-motion-place]");
  const saved = readSaved();
  if (saved) root.dataset["motion"] = "still";
  if (!place) return;
  const button = make("button", { type: "button", class: "link-button" });
  const tell = (): void => {
    button.textContent = say(root.dataset["motion"] === "still" ? "motionOn" : "motionOff");
  };
  button.onclick = () => {
    const still = root.dataset["motion"] !== "still";
    if (still) root.dataset["motion"] = "still";
    else delete root.dataset["motion"];
    save(still);
    tell();
  };
  tell();
  place.append(button);
}

// A browser that forbids storage throws on access; the page works without it.
function readSaved(): boolean {
  try {
    return localStorage.getItem(MOTION) === "still";
  } catch {
    return false;
  }
}

function save(still: boolean): void {
  try {
    if (still) localStorage.setItem(MOTION, "still");
    else localStorage.removeItem(MOTION);
  } catch {
    // Not kept for the next page; nothing else depends on it.
  }
}

function keepMenuInView(): void {
  const current = document.querySelector<HTMLElement>(".menu [aria-current]");
  const menu = current?.closest<HTMLElement>(".menu");
  if (current && menu && menu.scrollWidth > menu.clientWidth) {
    menu.scrollLeft = current.offsetLeft - menu.clientWidth / 3;
  }
}
