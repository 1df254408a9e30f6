"use strict";
// A page that was opened from disk may start no worker. There, and only there, the script of a worker runs in a hidden
// frame instead: it is told what a worker would be told, and what it tells goes to the page.
if (location.protocol === "file:") {
  window.Worker = class extends EventTarget {
    #frame = document.createElement("iframe");
    #waiting = [];
    #inside = null;

    constructor(address) {
      super();
      this.onmessage = this.onerror = this.onmessageerror = null;
      this.#frame.hidden = true;
      this.#frame.title = "search";
      document.documentElement.append(this.#frame);
      const inside = this.#frame.contentWindow;
      inside.postMessage = (data) => setTimeout(() => this.#told("message", data));
      const script = inside.document.createElement("script");
      script.addEventListener("load", () => {
        this.#inside = inside;
        this.#waiting.splice(0).forEach((data) => this.postMessage(data));
      });
      script.addEventListener("error", () => this.#told("error"));
      script.src = new URL(address, location.href).href;
      inside.document.head.append(script);
    }

    postMessage(data) {
      if (!this.#inside) this.#waiting.push(data);
      else setTimeout(() => this.#inside?.onmessage?.(new MessageEvent("message", { data })));
    }

    terminate() {
      this.#inside = null;
      this.#waiting = [];
      this.#frame.remove();
    }

    #told(kind, data) {
      const event = new MessageEvent(kind, { data, cancelable: true });
      this[`on${kind}`]?.(event);
      this.dispatchEvent(event);
    }
  };
}
