// What a sentence claims without a basis: asked for while somebody writes, shown under the sentence, answered by 已核实.

import { h } from "./dom.js";
import { call, LoggedOut } from "./http.js";

const SOON = 450;
const HANDFUL = 30;

/** The checks of sentences, as the server gives them; `heard(text)` is told when one has come. */
export class Claims {
  #known = new Map();
  #wanted = new Map();
  #timer = 0;

  constructor(page, heard) {
    this.path = page.edition_path;
    this.heard = heard;
  }

  /** The check of a sentence, or null while it is not known; then it is asked for, the last words of a sentence only. */
  of(segment, sentence) {
    if (!["story", "headlines"].includes(segment.kind) || !sentence.text.trim()) return null;
    const name = nameOf(segment, sentence);
    const known = this.#known.get(name);
    if (!known) {
      this.#wanted.set(sentence.key, { name, segment, sentence });
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#ask(), SOON);
    }
    return known ?? null;
  }

  /** Answer for a sentence, or take the answer back. */
  async verify(text, verified) {
    await call("POST", `${this.path}/verified`, { text, verified });
    for (const name of [...this.#known.keys()]) if (JSON.parse(name).at(-1) === text) this.#known.delete(name);
    this.heard(text);
  }

  async #ask() {
    const batch = [...this.#wanted.values()].slice(0, HANDFUL);
    const segments = batch.map(({ segment, sentence }) => ({ id: segment.id, kind: segment.kind, title: segment.title, anchor: segment.anchor, articles: segment.articles, stories: [], sentences: [{ text: sentence.text.trim(), rests_on: sentence.rests_on }] }));
    try {
      const { checks } = await call("POST", `${this.path}/checks`, { segments }, { patience: 60_000 });
      const found = new Map(checks.map((check) => [`${check.segment} ${check.text}`, check]));
      for (const { name, segment, sentence } of batch) {
        this.#known.set(name, found.get(`${segment.id} ${sentence.text.trim()}`) ?? { doubts: [], verified_by: "" });
        if (this.#wanted.get(sentence.key)?.name === name) this.#wanted.delete(sentence.key);
        this.heard(sentence.text);
      }
    } catch (error) {
      if (error instanceof LoggedOut) return;
      // Without a server nothing is marked; that comes when it is back.
      await new Promise((resolve) => setTimeout(resolve, 3000));
    }
    if (this.#wanted.size) this.#timer = setTimeout(() => this.#ask(), 0);
  }
}

const nameOf = (segment, sentence) => JSON.stringify([segment.kind, segment.articles, sentence.rests_on, sentence.text.trim()]);

/** The line under a sentence that says what is doubted, or who answers for it; null for one that its sources bear out. */
export function claimLine(check, { writable, verify }) {
  if (!check?.doubts.length) return null;
  const button = (label, verified) => (writable ? h("button", { type: "button", class: "plain small", onpointerdown: (event) => event.preventDefault(), onclick: () => verify(verified) }, label) : null);
  if (check.verified_by) return h("p", { class: "claim verified" }, `${check.verified_by}已核实`, button("收回", false));
  return h("p", { class: "claim" }, check.doubts.join("；"), button("已核实", true));
}
