// Slight marks under a sentence: what an ear would stumble over, with a rewrite where there is one. They refuse nothing.

import { h } from "./dom.js";
import { call, LoggedOut } from "./http.js";

const SOON = 600;
const HANDFUL = 30;
const KEPT = "briefing-silenced";
const MOST_KEPT = 400;

/** The advice on sentences, as the server gives it; `heard(text)` is told when some has come. */
export class Advice {
  #known = new Map();
  #wanted = new Map();
  #timer = 0;
  #silenced = kept();

  constructor(page, heard) {
    this.path = page.edition_path;
    this.heard = heard;
  }

  /** The marks of a sentence that nobody has silenced; none while they are not known, then they are asked for. */
  of(segment, sentence) {
    if (!["story", "headlines"].includes(segment.kind) || !sentence.text.trim()) return [];
    const text = sentence.text.trim();
    const before = segment.kind === "story" ? segment.sentences.slice(0, segment.sentences.findIndex((one) => one.key === sentence.key)).map((one) => one.text.trim()).slice(-40) : [];
    const name = JSON.stringify([text, before]);
    const marks = this.#known.get(name);
    if (!marks) {
      this.#wanted.set(sentence.key, { name, text, before });
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#ask(), SOON);
    }
    return (marks ?? []).filter((mark) => !this.#silenced.has(nameOf(text, mark)));
  }

  /** Show a mark on this sentence no more, also after the page was closed. */
  silence(text, mark) {
    this.#silenced.add(nameOf(text, mark));
    try {
      localStorage.setItem(KEPT, JSON.stringify([...this.#silenced].slice(-MOST_KEPT)));
    } catch {
      // Without room to keep it, it is silenced until the page is closed.
    }
    this.heard(text);
  }

  async #ask() {
    const batch = [...this.#wanted].slice(0, HANDFUL);
    try {
      const sentences = batch.map(([, { text, before }]) => ({ text, before }));
      const { advice } = await call("POST", `${this.path}/advice`, { sentences }, { patience: 60_000 });
      batch.forEach(([key, { name, text }], index) => {
        this.#known.set(name, advice[index] ?? []);
        if (this.#wanted.get(key)?.name === name) this.#wanted.delete(key);
        this.heard(text);
      });
    } catch (error) {
      if (error instanceof LoggedOut) return;
      // Without a server nothing is marked; that comes when it is back.
      await new Promise((resolve) => setTimeout(resolve, 3000));
    }
    if (this.#wanted.size) this.#timer = setTimeout(() => this.#ask(), 0);
  }
}

const nameOf = (text, mark) => `${mark.mark} ${text}`;

function kept() {
  try {
    return new Set(JSON.parse(localStorage.getItem(KEPT) ?? "[]"));
  } catch {
    return new Set();
  }
}

/** The line under a sentence with its marks; null without any. */
export function adviceLine(marks, { writable, accept, silence }) {
  if (!marks.length) return null;
  const button = (label, action, properties = {}) => h("button", { type: "button", class: "plain small", onpointerdown: (event) => event.preventDefault(), onclick: action, ...properties }, label);
  const shown = marks.map((mark) =>
    h(
      "span",
      { class: "mark-of-ear" },
      mark.words ? `${mark.mark}（${mark.words}）` : mark.mark,
      writable && mark.rewrite ? button(`改成“${mark.rewrite}”`, () => accept(mark.rewrite), { class: "plain small rewrite" }) : null,
      writable ? button("不用提醒", () => silence(mark), { ariaLabel: `${mark.mark}：不用提醒` }) : null,
    ),
  );
  return h("p", { class: "advice" }, shown);
}
