/** Where an element gets its data: `src="URL"` or a nested JSON script. */

import { make } from "./dom";
import { say } from "./words";

/** Loading went wrong, in words fit for the reader. */
export class SourceError extends Error {}

/**
 * The JSON an element was given; null when it was given none.
 *
 * Throws SourceError when the address does not answer or the text is no JSON.
 */
export async function elementJson<T>(element: HTMLElement, signal?: AbortSignal): Promise<T | null> {
  const src = element.getAttribute("src");
  if (src) return (await fetchJson(src, signal)) as T;
  const script = element.querySelector<HTMLScriptElement>(
    ':scope > script[type="application/json"]:not([data-part])',
  );
  return script ? (parse(script.textContent ?? "") as T) : null;
}

/** The JSON at `url`. */
export async function fetchJson(url: string, signal?: AbortSignal): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(url, {
      headers: { Accept: "application/json" },
      credentials: "same-origin",
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new SourceError(say("network"));
  }
  if (!response.ok) throw new SourceError(say("status", { code: response.status }));
  return parse(await response.text());
}

/** An attribute or a `<script data-part="name">` holding JSON; null when absent. */
export function partJson<T>(element: HTMLElement, name: string): T | null {
  const script = element.querySelector(`:scope > script[data-part="${name}"]`);
  const text = script?.textContent ?? element.getAttribute(name);
  return text ? (parse(text) as T) : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SourceError(say("badData"));
  }
}

/** The token Django wants with a POST; base.html puts it on the body for htmx. */
export function csrfToken(): string {
  const headers = document.body.getAttribute("hx-headers");
  if (!headers) return "";
  const found: unknown = JSON.parse(headers);
  return String((found as Record<string, unknown>)["X-CSRFToken"] ?? "");
}

/** A POST to our own server. */
export function post(url: string, fields: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { "X-CSRFToken": csrfToken(), Accept: "application/json" },
    credentials: "same-origin",
  });
}

/** The panel shown where data did not come, with a way to try again. */
export function failurePanel(error: unknown, retry: () => void): HTMLElement {
  const reason = error instanceof SourceError ? error.message : String(error);
  const button = make("button", { type: "button", class: "button button-quiet" }, say("retry"));
  button.addEventListener("click", retry);
  return make(
    "div",
    { class: "state state-error", role: "alert" },
    make("p", { class: "state-title" }, say("failed")),
    make("p", {}, say("why", { reason })),
    button,
  );
}

/** The panel shown while data is on its way. */
export function loadingPanel(): HTMLElement {
  return make("div", { class: "state state-loading", role: "status" }, make("p", {}, say("loading")));
}
