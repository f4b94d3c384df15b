// How sentences are read: asked for in handfuls, remembered by their words, changed by one click.

import { h, beside, tell, toast } from "./dom.js";
import { call, LoggedOut } from "./http.js";

const HANDFUL = 40;
const SOON = 120;

/** The readings of texts, as the server gives them; `heard(text)` is told when one has come. */
export class Readings {
  #known = new Map();
  #wanted = new Set();
  #timer = 0;

  constructor(path, heard) {
    this.path = path;
    this.heard = heard;
  }

  /** The reading of a text, or null while it is not known; then it is asked for. */
  of(text) {
    const known = this.#known.get(text);
    if (!known && text.trim()) {
      this.#wanted.add(text);
      this.#timer ||= setTimeout(() => this.#ask(), SOON);
    }
    return known ?? null;
  }

  /** Ask for everything again: the lexicon has changed. */
  forget() {
    const texts = [...this.#known.keys()];
    this.#known.clear();
    texts.forEach((text) => this.heard(text));
  }

  async #ask() {
    const texts = [...this.#wanted].slice(0, HANDFUL);
    try {
      const { readings } = await call("POST", this.path, { texts });
      texts.forEach((text, place) => this.#known.set(text, readings[place]));
      texts.forEach((text) => this.#wanted.delete(text));
      texts.forEach((text) => this.heard(text));
    } catch (error) {
      if (error instanceof LoggedOut) return;
      // Without a server the marks still show; the doubts come when it is back.
      await new Promise((resolve) => setTimeout(resolve, 3000));
    }
    this.#timer = this.#wanted.size ? setTimeout(() => this.#ask(), 0) : 0;
  }
}

let open = null;

/** Close the choice of a reading, if it is open. */
export function closeChoice() {
  if (!open) return false;
  open.box.remove();
  open.button.setAttribute("aria-expanded", "false");
  document.removeEventListener("pointerdown", outside);
  const { button } = open;
  open = null;
  if (button.isConnected) button.focus();
  return true;
}

function outside(event) {
  if (open && !open.box.contains(event.target)) closeChoice();
}

/**
 * Choose how a character is read. `here(syllable or "")` writes or removes the mark; `everywhere(word, pinyin)` puts a word
 * into the lexicon and gives a promise.
 */
export function chooseReading(button, piece, { here, everywhere }) {
  closeChoice();
  const { choice } = piece;
  const options = [...new Set([piece.say, choice?.say, ...(choice?.others ?? [])].filter(Boolean))];
  let chosen = piece.say;
  const own = h("input", { value: "", placeholder: "其他读音", autocomplete: "off", spellcheck: false, ariaLabel: "别的读音", size: 8, oninput: () => pick(own.value.trim()) });
  const buttons = options.map((say) => h("button", { type: "button", onclick: () => pick(say, true), ondblclick: () => done() }, say));
  const wordInput = h("input", { value: choice?.word ?? piece.text, ariaLabel: "词", autocomplete: "off", oninput: () => refresh() });
  const pinyinInput = h("input", { value: "", ariaLabel: "整个词的读音", autocomplete: "off", spellcheck: false });
  const scope = (value, label, checked) => h("label", {}, h("input", { type: "radio", name: "scope", value, checked, onchange: () => refresh() }), label);
  const word = h("div", { class: "group", hidden: true }, wordInput, pinyinInput);
  const box = h(
    "form",
    { class: "choices", role: "dialog", ariaLabel: `“${piece.text}”的读音`, onsubmit: (event) => (event.preventDefault(), done()), onkeydown: (event) => event.key === "Escape" && (event.stopPropagation(), closeChoice()) },
    h("h3", {}, `“${piece.text}”怎么读`),
    choice?.why ? h("p", { class: "small soft" }, choice.why) : null,
    h("div", { class: "options" }, buttons, own),
    h("div", { class: "where" }, scope("here", "只改这里", true), scope("lexicon", "记进词典，以后都这样读", false), word),
    h(
      "footer",
      {},
      piece.marked ? h("button", { type: "button", class: "plain", onclick: () => (closeChoice(), here("")) }, "去掉标注") : null,
      h("button", { type: "submit", class: "main" }, "就这样读"),
    ),
  );

  function pick(say) {
    chosen = say;
    refresh();
  }
  function refresh() {
    buttons.forEach((one) => one.setAttribute("aria-pressed", String(one.textContent === chosen)));
    const lexicon = box.elements.scope?.value === "lexicon";
    word.hidden = !lexicon;
    if (lexicon) pinyinInput.value = wordPinyin(wordInput.value, piece, chosen);
  }
  async function done() {
    if (!chosen) return own.focus();
    if (box.elements.scope?.value !== "lexicon") {
      closeChoice();
      here(chosen);
      return;
    }
    try {
      await everywhere(wordInput.value.trim(), pinyinInput.value.trim());
      closeChoice();
      tell("词典已更新");
    } catch (error) {
      toast(error.message, { kind: "stop" });
    }
  }

  document.body.append(box);
  refresh();
  beside(box, button);
  open = { box, button };
  button.setAttribute("aria-expanded", "true");
  (buttons.find((one) => one.textContent === chosen) ?? own).focus();
  setTimeout(() => document.addEventListener("pointerdown", outside));
}

/** The pinyin of a word that holds the character, with the reading that was chosen for it. */
function wordPinyin(word, piece, chosen) {
  const { choice } = piece;
  if (!choice || choice.word !== word) return [...word].map((char) => (char === piece.text ? chosen : "")).join(" ").trim();
  return choice.word_pinyin.map((say, place) => (place === choice.word_place ? chosen : say)).join(" ");
}
