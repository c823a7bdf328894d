/** `<rc-progress src="URL">`: asks how a long job is getting on, and says so. */

import { make } from "../shared/dom";
import { figure } from "../shared/number";
import { fetchJson, post } from "../shared/source";
import { say } from "../shared/words";

interface JobState {
  state: "queued" | "running" | "done" | "failed" | "cancelled";
  done?: number;
  total?: number;
  message?: string;
  url_when_done?: string;
}

const titles = {
  queued: "queued",
  running: "running",
  done: "done",
  failed: "failedJob",
  cancelled: "cancelled",
} as const;

const EVERY_MS = 1000;
const SLOWEST_MS = 30_000;

export class ProgressElement extends HTMLElement {
  private timer = 0;
  private wait = EVERY_MS;
  private stopped = new AbortController();
  private heading = make("p", { class: "progress-title", role: "status" });
  private bar = make("progress", { class: "progress-bar" });
  private count = make("span", { class: "progress-count" });
  private message = make("p", { class: "progress-message" });
  private actions = make("div", { class: "actions" });

  connectedCallback(): void {
    // What the page drew for readers without scripts makes way.
    this.stopped = new AbortController();
    this.bar.setAttribute("aria-label", this.getAttribute("label") ?? say("running"));
    this.replaceChildren(
      make("div", { class: "progress-head" }, this.heading, this.count),
      this.bar,
      this.message,
      this.actions,
    );
    this.offerCancel();
    this.heading.textContent = say("queued");
    void this.ask();
  }

  disconnectedCallback(): void {
    window.clearTimeout(this.timer);
    this.stopped.abort();
  }

  private offerCancel(): void {
    const url = this.getAttribute("cancel-url");
    if (!url) return;
    const button = make("button", { type: "button", class: "button button-quiet" }, say("cancel"));
    button.onclick = () => {
      button.disabled = true;
      this.message.textContent = say("cancelling");
      post(url)
        .then((answer) => {
          if (!answer.ok) throw new Error(say("status", { code: answer.status }));
        })
        .catch((error: unknown) => {
          button.disabled = false;
          this.message.textContent = say("requestFailed", { reason: String(error) });
        });
    };
    this.actions.replaceChildren(button);
  }

  private async ask(): Promise<void> {
    const url = this.getAttribute("src");
    if (!url) return;
    try {
      const state = (await fetchJson(url, this.stopped.signal)) as JobState;
      this.wait = EVERY_MS;
      this.show(state);
      if (state.state === "queued" || state.state === "running") this.askLater();
    } catch {
      if (this.stopped.signal.aborted) return;
      this.wait = Math.min(SLOWEST_MS, this.wait * 2);
      this.message.textContent = say("lostTouch", { s: Math.round(this.wait / 1000) });
      this.askLater();
    }
  }

  private askLater(): void {
    this.timer = window.setTimeout(() => void this.ask(), this.wait);
  }

  private show(job: JobState): void {
    const title = say(titles[job.state]);
    // A live region is read out whenever its text is set, even to the same text.
    if (this.heading.textContent !== title) this.heading.textContent = title;
    this.dataset["state"] = job.state;
    this.message.textContent = job.message ?? "";
    const { done, total } = job;
    if (job.state === "done") {
      this.bar.max = 1;
      this.bar.value = 1;
    } else if (done !== undefined && total) {
      this.bar.max = total;
      this.bar.value = done;
    } else {
      this.bar.removeAttribute("value");
    }
    this.count.textContent =
      done !== undefined && total ? say("ofTotal", { done: figure(done), total: figure(total) }) : "";
    if (job.state !== "queued" && job.state !== "running") this.finish(job);
  }

  private finish(job: JobState): void {
    this.actions.replaceChildren();
    if (job.state === "done" && job.url_when_done) {
      this.actions.append(make("a", { class: "button", href: job.url_when_done }, say("open")));
      if (this.hasAttribute("follow")) window.location.assign(job.url_when_done);
    }
    this.dispatchEvent(new CustomEvent("rc-progress:end", { bubbles: true, detail: job }));
  }
}
