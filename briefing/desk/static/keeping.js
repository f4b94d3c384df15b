// Nothing is lost: what is written is kept on this device at once, on the server a second later, and becomes a revision when it is
// saved. Without a server it stays here, and goes out when the server is back.

import { quiet } from "./dom.js";
import { closed } from "./document.js";
import { call, LoggedOut, Refused, Unreachable } from "./http.js";

const DRAFT_AFTER = 900;
const RETRIES = [1500, 3000, 6000, 12000];

/** `tell(state)` hears of each change: `{kind: "clean" | "dirty" | "kept" | "saved" | "away" | "back" | "out" | "refused" | "late", …}`. */
export class Keeping {
  #text;
  #asleep = false;
  #tries = 0;
  #retry = 0;
  #saveWanted = false;
  #saving = null;

  /** `ahead` is by how many milliseconds this device's clock is before the server's. */
  constructor({ path, name, revision, script, ahead, tell }) {
    Object.assign(this, { path, name, base: revision, ahead, tell });
    this.#text = JSON.stringify(closed(script));
    this.script = script;
    this.#draftLater = quiet(() => this.#draft(), DRAFT_AFTER);
    addEventListener("online", () => this.#wake());
    // Another tab of the same person has saved or undone its own: what it forgot is this one's too.
    addEventListener("storage", ({ key, newValue }) => key === name && newValue === null && this.dirty && this.take(this.script));
    addEventListener("pagehide", () => this.#draftLater.now());
    document.addEventListener("visibilitychange", () => document.hidden && this.#draftLater.now());
  }

  #draftLater;

  get dirty() {
    return JSON.stringify(closed(this.script)) !== this.#text;
  }

  get saving() {
    return this.#saving !== null;
  }

  get away() {
    return this.#asleep;
  }

  /** The script is now this. */
  take(script) {
    this.script = script;
    this.#here();
    this.tell({ kind: this.dirty ? "dirty" : "clean" });
    this.#draftLater();
  }

  /** What this device kept from a page that was closed before its server had it, or null. */
  left() {
    try {
      return JSON.parse(localStorage.getItem(this.name));
    } catch {
      return null;
    }
  }

  /** Forget what was not saved. */
  async discard() {
    this.#draftLater.drop();
    localStorage.removeItem(this.name);
    await call("DELETE", `${this.path}/draft`);
  }

  /** Go on from a revision that was saved by somebody else, or merged. */
  rebase(revision, script) {
    this.base = revision;
    this.#text = JSON.stringify(closed(script));
  }

  /**
   * Save a revision. Gives its number; null when that has to wait for the server. Raises `Refused`: with 409 its problem holds
   * the other version.
   */
  async save() {
    if (this.#saving) await this.#saving.catch(() => null);
    this.#saving = this.#save();
    try {
      return await this.#saving;
    } finally {
      this.#saving = null;
    }
  }

  async #save() {
    if (!this.dirty) return this.base;
    this.#draftLater.drop();
    const script = closed(this.script);
    try {
      const { revision } = await call("PUT", `${this.path}/script`, { base: this.base, script });
      this.base = revision;
      this.#text = JSON.stringify(script);
      this.#saveWanted = false;
      if (this.dirty) this.#draftLater();
      else localStorage.removeItem(this.name);
      this.tell({ kind: "saved", revision });
      this.#back();
      return revision;
    } catch (error) {
      this.#saveWanted = error instanceof Unreachable;
      this.#failed(error);
      if (error instanceof Refused) throw error;
      return null;
    }
  }

  #here() {
    try {
      if (this.dirty) localStorage.setItem(this.name, JSON.stringify({ base: this.base, script: closed(this.script), at: new Date(Date.now() - this.ahead).toISOString() }));
      else localStorage.removeItem(this.name);
    } catch {
      // A full or forbidden storage: the server's draft remains.
    }
  }

  async #draft() {
    if (this.#saving) return;
    try {
      if (this.dirty) {
        const { saved } = await call("PUT", `${this.path}/draft`, { base: this.base, script: closed(this.script) });
        this.tell({ kind: "kept", at: saved });
      } else await call("DELETE", `${this.path}/draft`);
      this.#back();
    } catch (error) {
      this.#failed(error);
    }
  }

  #failed(error) {
    if (error instanceof LoggedOut) this.tell({ kind: "out" });
    else if (error instanceof Unreachable) {
      this.#asleep = true;
      const wait = RETRIES[Math.min(this.#tries++, RETRIES.length - 1)];
      clearTimeout(this.#retry);
      this.#retry = setTimeout(() => this.#wake(), wait);
      this.tell({ kind: "away", saveWanted: this.#saveWanted });
    } else {
      this.#back();
      this.tell({ kind: "refused", error });
    }
  }

  /** Try whether the server is back, at once. */
  wake() {
    return this.#wake();
  }

  async #wake() {
    if (!this.#asleep) return;
    clearTimeout(this.#retry);
    if (this.#saveWanted) await this.save().catch((error) => this.tell({ kind: "late", error }));
    else await this.#draft();
  }

  #back() {
    this.#tries = 0;
    clearTimeout(this.#retry);
    if (!this.#asleep) return;
    this.#asleep = false;
    this.tell({ kind: "back" });
  }
}
