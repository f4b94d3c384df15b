// The script on the page: segments and sentences as elements. It shows a script and says what a person wants; it changes nothing itself.

import { menu } from "./ask.js";
import { adviceLine } from "./advice.js";
import { claimLine } from "./claims.js";
import { $, $$, h, icon, iconButton } from "./dom.js";
import { find, seconds } from "./document.js";
import { pieces } from "./words.js";

const KINDS = { opening: "开场", headlines: "提要", story: "新闻", closing: "结尾" };
const PAUSES = [0.3, 0.5, 0.8, 1.2, 2];

/** `want` has a function for each thing that a person can want (editor.js). */
export class Sheet {
  #made = new Map();
  #editing = null;

  constructor(root, { readings, claims, advice, anchors, rate, writable, want }) {
    Object.assign(this, { root, readings, claims, advice, anchors, rate, writable, want });
    this.chosen = null;
    this.spoken = false;
    this.opened = null;
    root.addEventListener("focusin", (event) => this.#focused(event));
    root.addEventListener("click", (event) => this.#clicked(event));
    root.addEventListener("keydown", (event) => this.#key(event));
  }

  /** Show a script; what did not change keeps its elements. */
  show(script) {
    this.script = script;
    const ids = new Set(script.segments.map((one) => one.id));
    for (const [id, { element }] of this.#made) if (!ids.has(id)) (element.remove(), this.#made.delete(id));
    const elements = script.segments.map((segment) => this.#segment(segment));
    this.#markAll(elements);
    elements.forEach((element, index) => {
      const there = this.root.children[index];
      if (there !== element) this.root.insertBefore(element, there ?? null);
      $(".place", element).textContent = index + 1;
      $(".handle", element).setAttribute("aria-label", `第 ${index + 1} 段，移动`);
    });
  }

  #markAll(elements) {
    for (const element of elements.flatMap((one) => $$(".sentence", one))) if (!$(".claim:focus-within, .advice:focus-within", element)) this.#markClaims(element, element.dataset.key);
  }

  /** A script in which only the text that is being typed changed: its element is already right. */
  typed(script, key) {
    this.script = script;
    const { segment } = find(script, key);
    const made = this.#made.get(segment.id);
    made.segment = segment;
    $(".takes", made.element).textContent = this.#takes(segment);
    this.#markClaims(this.element(key), key);
  }

  /** Mark what sentences with this text claim, also the one that is being written. */
  checked(text) {
    for (const element of $$(".sentence", this.root)) {
      const at = find(this.script, element.dataset.key);
      if (at?.sentence.text.trim() === text.trim()) this.#markClaims(element, element.dataset.key);
    }
  }

  #markClaims(element, key) {
    const at = find(this.script, key);
    $$(".claim, .advice", element).forEach((one) => one.remove());
    if (!at) return;
    const line = claimLine(this.claims.of(at.segment, at.sentence), { writable: this.writable, verify: (verified) => this.want.verify(at.sentence.text.trim(), verified) });
    const text = at.sentence.text.trim();
    const marks = adviceLine(this.advice.of(at.segment, at.sentence), { writable: this.writable, accept: (rewrite) => this.want.acceptRewrite(key, rewrite), silence: (mark) => this.advice.silence(text, mark) });
    const tools = $(".tools", element);
    for (const shown of [line, marks].filter(Boolean)) {
      if (tools) tools.before(shown);
      else element.append(shown);
    }
  }

  /** Show the words of every sentence that reads like this again. */
  heard(text) {
    for (const element of $$(".sentence", this.root)) {
      const at = find(this.script, element.dataset.key);
      if (at?.sentence.text === text && this.#editing?.key !== element.dataset.key) this.#fill(element, at.sentence);
    }
  }

  /** Show every sentence again, when how they are shown has changed. */
  refresh() {
    this.stopEditing();
    this.#made.clear();
    this.root.replaceChildren();
    this.show(this.script);
    if (this.chosen) this.choose(this.chosen);
  }

  get editing() {
    return this.#editing;
  }

  element(key) {
    return $(`.sentence[data-key="${key}"]`, this.root);
  }

  /** Make a sentence the one that tools and the source are about. */
  choose(key, { focus = false, scroll = false } = {}) {
    const before = this.chosen && this.element(this.chosen);
    if (before && this.chosen !== key) (before.classList.remove("chosen"), $(".tools", before)?.remove());
    const element = key && this.element(key);
    this.chosen = element ? key : null;
    if (this.opened && this.opened !== key) this.#closeReadings();
    if (element) {
      element.classList.add("chosen");
      if (!$(".tools", element)) element.append(this.#tools(key));
      if (focus && !element.contains(document.activeElement)) element.focus({ preventScroll: true });
      if (scroll) reveal(element);
    }
    this.want.chosen(this.chosen);
  }

  /** Mark the sentence that is heard. */
  playing(key) {
    $$(".sentence.playing", this.root).forEach((one) => this.#playMark(one, false));
    const element = key && this.element(key);
    if (!element) return;
    this.#playMark(element, true);
    reveal(element);
  }

  /** Write in a sentence, the caret at `offset` (else at its end). */
  edit(key, offset = Infinity) {
    if (!this.writable || this.#editing?.key === key) return;
    this.stopEditing();
    const element = this.element(key);
    const at = find(this.script, key);
    if (!element || !at) return;
    const area = h("textarea", { value: at.sentence.text, rows: 1, spellcheck: false, ariaLabel: "稿子里的一句" });
    $(".words", element).replaceWith(area);
    this.#editing = { key, area, element };
    area.addEventListener("input", () => {
      if (area.value.includes("\n")) area.value = area.value.replace(/\s*\n\s*/gu, "");
      fit(area);
      this.want.type(key, area.value);
    });
    area.addEventListener("blur", () => this.#editing?.area === area && this.stopEditing());
    fit(area);
    area.focus({ preventScroll: true });
    area.setSelectionRange(Math.min(offset, area.value.length), Math.min(offset, area.value.length));
    this.choose(key);
    reveal(element);
  }

  /** The text is what it is now; show it as it will be read. */
  stopEditing() {
    const editing = this.#editing;
    if (!editing) return;
    this.#editing = null;
    const at = find(this.script, editing.key);
    const words = h("div", { class: "words" });
    editing.area.replaceWith(words);
    if (at) this.#fill(editing.element, at.sentence);
    if (at) this.#markClaims(editing.element, editing.key);
    this.want.typedAll(editing.key);
  }

  /** Show, or hide again, every reading of a sentence that can be changed. */
  openReadings(key) {
    this.stopEditing();
    const close = this.opened === key;
    this.#closeReadings();
    if (close) return;
    this.opened = key;
    this.#fill(this.element(key), find(this.script, key).sentence);
    $(".mark", this.element(key))?.focus({ preventScroll: true });
  }

  #closeReadings() {
    const before = this.opened;
    this.opened = null;
    const at = before && find(this.script, before);
    if (at) this.#fill(this.element(before), at.sentence);
  }

  focusHandle(id) {
    $(".handle", this.#made.get(id)?.element)?.focus();
  }

  #segment(segment) {
    const made = this.#made.get(segment.id);
    if (made?.segment === segment) return made.element;
    const element = this.#newSegment(segment);
    if (made) made.element.replaceWith(element);
    this.#made.set(segment.id, { segment, element });
    return element;
  }

  #newSegment(segment) {
    const locked = !this.writable;
    const handle = h("button", { type: "button", class: "handle", title: "拖动，或按 Alt+↑↓ 移动", disabled: locked }, locked ? null : icon("grip"), h("span", { class: "place" }));
    const title = h("input", { class: "name", value: segment.title, ariaLabel: "段落标题", readOnly: locked, autocomplete: "off", spellcheck: false, onchange: (event) => this.want.title(segment.id, event.target.value) });
    const names = [...new Set([...this.anchors, segment.anchor])];
    const anchor = h("select", { ariaLabel: "主播", disabled: locked, onchange: (event) => this.want.anchor(segment.id, event.target.value) }, names.map((name) => h("option", { value: name, selected: name === segment.anchor }, name)));
    const head = h(
      "header",
      {},
      segment.kind === "story" ? null : h("span", { class: "chip" }, KINDS[segment.kind]),
      title,
      h("span", { class: "takes" }, this.#takes(segment)),
      anchor,
      iconButton("play", `听“${segment.title}”`, () => this.want.hearSegment(segment.id)),
      locked ? null : iconButton("more", "更多", (event) => this.#segmentMenu(event.currentTarget, segment.id), { ariaHasPopup: "menu", ariaExpanded: "false" }),
    );
    return h("section", { class: `segment ${segment.kind}`, dataset: { id: segment.id }, ariaLabel: segment.title }, handle, head, segment.sentences.map((one) => this.#sentence(one)));
  }

  #takes(segment) {
    return `${Math.round(seconds([segment], this.rate))} 秒`;
  }

  #segmentMenu(button, id) {
    const index = this.script.segments.findIndex((one) => one.id === id);
    const last = index === this.script.segments.length - 1;
    menu(button, [
      ["从这里听起", () => this.want.hearFrom(this.script.segments[index].sentences[0].key)],
      ["看原文", () => this.want.source(id)],
      this.script.segments[index].kind === "story" && ["改写这一条…", () => this.want.wishes(button, id, null)],
      null,
      index > 0 && ["上移", () => this.want.moveBy(id, -1)],
      !last && ["下移", () => this.want.moveBy(id, 1)],
      !last && ["和下一段合并", () => this.want.merge(id)],
      ["在下面加一段", () => this.want.addBelow(id)],
      null,
      ["撤下这一段", () => this.want.drop(id), "danger"],
    ]);
  }

  #sentence(sentence) {
    const element = h(
      "div",
      { class: "sentence", role: "group", tabIndex: 0, dataset: { key: sentence.key } },
      h("button", { type: "button", class: "hear", title: "听这一句", ariaLabel: "听这一句", tabIndex: -1 }, icon("play")),
      sentence.anchor ? h("span", { class: "chip speaker" }, sentence.anchor) : null,
      h("div", { class: "words" }),
    );
    this.#fill(element, sentence);
    return element;
  }

  #fill(element, sentence) {
    const reading = this.readings.of(sentence.text);
    element.setAttribute("aria-label", sentence.text);
    const all = this.spoken || this.opened === sentence.key;
    const shown = pieces(sentence.text, reading?.choices ?? [], all).map((piece) => this.#piece(piece, sentence.key));
    $(".words", element).replaceChildren(...shown, sentence.text ? "" : h("span", { class: "soft" }, "（空句，不会保存）"));
    $$(".said, .fault", element).forEach((one) => one.remove());
    const tools = $(".tools", element);
    const place = (line) => (tools ? tools.before(line) : element.append(line));
    if (reading?.fault) place(h("p", { class: "fault" }, reading.fault));
    else if (this.spoken && reading) place(h("p", { class: "said" }, reading.spoken, h("span", { class: "syllables" }, reading.pinyin.join(" "))));
  }

  #piece(piece, key) {
    if (piece.kind === "text") return document.createTextNode(piece.text);
    const shown = this.#shown(piece, key);
    shown.dataset.written = piece.to - piece.from;
    return shown;
  }

  #shown(piece, key) {
    if (piece.kind === "wrong") return h("span", { class: "fault" }, piece.text);
    if (piece.kind === "unknown") return h("span", { class: "unknown", title: "没有规则知道这怎么读" }, piece.text);
    if (piece.kind === "pause") return this.#mark("pause", (button) => this.#pauseMenu(button, piece, key), `停 ${piece.seconds} 秒`);
    if (piece.kind === "pace") return this.#mark("pause", (button) => this.#paceMenu(button, piece, key), `${piece.text.slice(1, -1)}读`);
    const doubtful = !piece.marked && !piece.choice?.sure;
    const state = piece.marked ? "，已标注" : doubtful ? "，不确定" : "";
    const shown = [h("ruby", {}, piece.text, h("rt", {}, piece.say)), h("span", { class: "unseen" }, state)];
    return this.#mark(piece.marked ? "set" : doubtful ? "doubt" : "", (button) => this.want.read(button, piece, key), shown);
  }

  /** A piece of text that can be pressed; no `button`, which would stand in its line like a box. */
  #mark(kind, act, inside) {
    const pressed = (event) => {
      if (event.type === "keydown" && ![" ", "Enter"].includes(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
      act(event.currentTarget);
    };
    const active = this.writable ? { tabIndex: 0, title: "点击修改", onclick: pressed, onkeydown: pressed } : { ariaDisabled: "true" };
    return h("span", { class: `mark ${kind}`, role: "button", ...active }, inside);
  }

  #pauseMenu(button, piece, key) {
    const write = (mark) => this.want.rewrite(key, piece.from, piece.to, mark);
    menu(button, [...PAUSES.map((length) => [`停 ${length} 秒`, () => write(`{停${length}}`)]), null, ["不停", () => write("")]]);
  }

  #paceMenu(button, piece, key) {
    const write = (mark) => this.want.rewrite(key, piece.from, piece.to, mark);
    menu(button, [["这一句读慢些", () => write("{慢}")], ["这一句读快些", () => write("{快}")], null, ["照常", () => write("")]]);
  }

  #tools(key) {
    const tool = (label, action, properties = {}) =>
      h("button", { type: "button", class: "plain", onclick: action, onpointerdown: (event) => event.preventDefault(), ...properties }, label);
    const at = find(this.script, key);
    const edits = this.writable
      ? [
          tool("读音", () => this.openReadings(key), { title: "这一句里所有可改的读音（R）" }),
          tool("停顿", () => this.#pause(key)),
          at.segment.kind === "story" && tool("改写", (event) => this.want.wishes(event.currentTarget, at.segment.id, key), { ariaHasPopup: "menu" }),
          at.place > 0 && tool("并到上句", () => this.want.join(key)),
          at.place > 0 && tool("从这里拆段", () => this.want.splitSegment(key)),
          tool("加一句", () => this.want.addSentence(key)),
          tool("删去", () => this.want.removeSentence(key)),
        ]
      : [];
    return h("div", { class: "tools" }, tool("从这里听起", () => this.want.hearFrom(key)), edits, tool("原文", () => this.want.source(at.segment.id), { class: "plain only-narrow" }));
  }

  /** A pause where the caret is, or at the sentence's end. */
  #pause(key) {
    const text = find(this.script, key).sentence.text;
    const offset = this.#editing?.key === key ? this.#editing.area.selectionStart : text.length;
    this.want.rewrite(key, offset, offset, "{停0.5}");
  }

  #playMark(element, on) {
    element.classList.toggle("playing", on);
    const button = $(".hear", element);
    button.replaceChildren(icon(on ? "stop" : "play"));
    button.setAttribute("aria-label", on ? "停止" : "听这一句");
  }

  #focused(event) {
    const sentence = event.target.closest(".sentence");
    if (sentence && sentence.dataset.key !== this.chosen) this.choose(sentence.dataset.key);
  }

  #clicked(event) {
    const sentence = event.target.closest(".sentence");
    if (!sentence) return;
    const { key } = sentence.dataset;
    if (event.target.closest(".hear")) this.want.hear(key);
    else if (event.target.closest(".words") && !event.target.closest("button, .mark") && !String(getSelection())) this.edit(key, caret(event, sentence, find(this.script, key)?.sentence.text ?? ""));
  }

  #key(event) {
    if (event.isComposing || event.defaultPrevented) return;
    if (event.target === this.#editing?.area) this.#keyWriting(event);
    else if (event.target.classList.contains("sentence")) this.#keySentence(event);
    else if (event.target.classList.contains("handle")) this.#keyHandle(event);
  }

  #keyHandle(event) {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by || !event.altKey) return;
    event.preventDefault();
    this.want.moveBy(event.target.closest(".segment").dataset.id, by);
  }

  #keySentence(event) {
    const { key } = event.target.dataset;
    const by = { ArrowUp: -1, ArrowDown: 1, k: -1, j: 1 }[event.key];
    if (by && event.altKey && event.shiftKey) this.want.moveBy(find(this.script, key).segment.id, by);
    else if (by && event.altKey) this.want.moveSentence(key, by);
    else if (by && !event.ctrlKey && !event.metaKey) this.step(by);
    else if (event.key === "Enter" && !event.ctrlKey) this.edit(key);
    else if (event.key === " ") this.want.hear(key);
    else if (event.key.toLowerCase() === "r" && !event.ctrlKey && !event.metaKey && this.writable) this.openReadings(key);
    else if (event.key === "Delete" && this.writable) this.want.removeSentence(key);
    else return;
    event.preventDefault();
  }

  /** To the next sentence, or the one before. */
  step(by) {
    const all = $$(".sentence", this.root);
    const at = all.findIndex((one) => one.dataset.key === this.chosen);
    const next = all[Math.min(Math.max(0, at + by), all.length - 1)];
    if (next) this.choose(next.dataset.key, { focus: true, scroll: true });
    next?.focus({ preventScroll: true });
  }

  #keyWriting(event) {
    const { key, area } = this.#editing;
    const [start, end] = [area.selectionStart, area.selectionEnd];
    if (event.key === "Escape") {
      this.stopEditing();
      this.element(key)?.focus({ preventScroll: true });
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      this.stopEditing();
      this.element(key)?.focus({ preventScroll: true });
      this.want.hear(key);
    } else if (event.key === "Enter") this.want.splitSentence(key, start);
    else if (event.key === "Backspace" && start === 0 && end === 0) this.want.join(key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

/** Let a text area be as high as its text, also where `field-sizing` is not known. */
function fit(area) {
  if (CSS.supports("field-sizing", "content")) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}

function reveal(element) {
  const box = element.getBoundingClientRect();
  if (box.top < 130 || box.bottom > innerHeight - 110) element.scrollIntoView({ block: "center" });
}

/** Where in the text a click was: as near as the browser tells. */
function caret(event, sentence, text) {
  const range = document.caretPositionFromPoint?.(event.clientX, event.clientY);
  const node = range?.offsetNode ?? document.caretRangeFromPoint?.(event.clientX, event.clientY)?.startContainer;
  const offset = range?.offset ?? document.caretRangeFromPoint?.(event.clientX, event.clientY)?.startOffset;
  if (node?.nodeType !== Node.TEXT_NODE || !$(".words", sentence)?.contains(node)) return text.length;
  let before = offset;
  for (let other = node.previousSibling; other; other = other.previousSibling) before += written(other);
  return before;
}

/** Characters that a shown piece takes in the text as it is written. */
function written(node) {
  return node.nodeType === Node.TEXT_NODE ? node.length : Number(node.dataset?.written ?? node.textContent.length);
}
