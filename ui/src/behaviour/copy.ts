/** `[data-copy]`: copies its text, or the page's address when it has none. */

import { say } from "../shared/words";
import { toast } from "./toast";

export function listenForCopies(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element | null)?.closest<HTMLElement>("[data-copy]");
    if (!button) return;
    const given = button.dataset["copy"];
    const text = given ? new URL(given, document.baseURI).href : window.location.href;
    event.preventDefault();
    void copyText(given && !given.startsWith("/") && !given.startsWith("?") ? given : text);
  });
}

async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast({ text: say("copied"), level: "done" });
  } catch {
    // Plain http and old browsers have no clipboard: show what to copy.
    toast({ text: say("copyFailed", { text }), level: "orange" });
  }
}
