/** htmx, set up for a strict content policy, and what to say when it fails. */

import htmx from "htmx.org";
import { say } from "../shared/words";
import { toast } from "./toast";

export function startExchange(): void {
  htmx.config.allowEval = false;
  htmx.config.includeIndicatorStyles = false;
  htmx.config.selfRequestsOnly = true;
  htmx.config.historyCacheSize = 0;
  htmx.config.timeout = 30_000;
  // A form that comes back with its errors is an answer, not an accident.
  htmx.config.responseHandling = [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "422", swap: true },
    { code: "[45]..", swap: false, error: true },
  ];
  document.addEventListener("htmx:responseError", (event) => {
    const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail;
    toast({ text: say("requestFailed", { reason: say("status", { code: xhr.status }) }), level: "orange" });
  });
  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, () => {
      toast({ text: say("requestFailed", { reason: say("network") }), level: "orange" });
    });
  }
}
