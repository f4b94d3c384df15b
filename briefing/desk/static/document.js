// The script as a value: every operation gives a new one and leaves the old as it was, so undo is the one before.

import { hanCount } from "./words.js";

let made = 0;

/** A script of the API with a key for each sentence, by which the page finds it again. */
export const opened = (script) => ({ ...script, segments: script.segments.map(keyed) });

export const keyed = (segment) => ({ ...segment, sentences: segment.sentences.map((sentence) => ({ ...sentence, key: `s${++made}` })) });

/** The script as the API takes it: what says nothing is left out. */
export const closed = (script) => ({
  title: script.title,
  segments: script.segments
    .map(({ id, kind, title, anchor, articles, stories = [], ...segment }) => ({
      id,
      kind,
      title,
      anchor,
      articles,
      stories,
      sentences: segment.sentences.filter((one) => one.text.trim()).map(({ text, rests_on, anchor = "" }) => ({ text: text.trim(), rests_on, anchor })),
    }))
    .filter((segment) => segment.sentences.length),
});

/** Seconds at so many Han characters a second. */
export const seconds = (segments, rate) =>
  segments.reduce((sum, segment) => sum + segment.sentences.reduce((han, one) => han + hanCount(one.text), 0), 0) / rate;

export const find = (script, key) => {
  for (const [index, segment] of script.segments.entries()) {
    const place = segment.sentences.findIndex((one) => one.key === key);
    if (place >= 0) return { index, segment, place, sentence: segment.sentences[place] };
  }
  return null;
};

const spliced = (list, at, remove, ...add) => [...list.slice(0, at), ...add, ...list.slice(at + remove)];
const withSegments = (script, segments) => ({ ...script, segments });
const withSentences = (script, index, sentences) =>
  withSegments(script, spliced(script.segments, index, 1, { ...script.segments[index], sentences }));

export function change(script, id, fields) {
  return withSegments(script, script.segments.map((one) => (one.id === id ? { ...one, ...fields } : one)));
}

/** Move a segment to stand at `index` of what is left without it. */
export function move(script, id, index) {
  const from = script.segments.findIndex((one) => one.id === id);
  const without = spliced(script.segments, from, 1);
  const to = Math.min(Math.max(0, index), without.length);
  return to === from ? script : withSegments(script, spliced(without, to, 0, script.segments[from]));
}

export function drop(script, id) {
  return withSegments(script, script.segments.filter((one) => one.id !== id));
}

export function insert(script, index, segment) {
  return withSegments(script, spliced(script.segments, index, 0, keyed({ ...segment, id: fresh(script, segment.id) })));
}

/** The script as the server gave it back, with the keys of the sentences that are the same. */
export function rekeyed(script, given) {
  const before = new Map(script.segments.map((one) => [one.id, one]));
  const segment = (one) => {
    const old = before.get(one.id);
    if (!old) return keyed(one);
    const left = [...old.sentences];
    const sentences = one.sentences.map((sentence) => {
      const place = left.findIndex((other) => other.text.trim() === sentence.text);
      return place < 0 ? { ...sentence, key: `s${++made}` } : left.splice(place, 1)[0];
    });
    const same = sentences.length === old.sentences.length && sentences.every((sentence, place) => sentence === old.sentences[place]);
    return same && one.title === old.title ? { ...old, stories: one.stories } : { ...one, sentences };
  };
  return { ...script, segments: given.segments.map(segment) };
}

/** Cut a segment before a sentence. */
export function splitSegment(script, key) {
  const at = find(script, key);
  if (!at || at.place === 0) return script;
  const { segment, index, place } = at;
  const second = { ...segment, stories: [], id: fresh(script, segment.id), title: `${segment.title}（续）`, sentences: segment.sentences.slice(place) };
  const first = { ...segment, sentences: segment.sentences.slice(0, place) };
  return withSegments(script, spliced(script.segments, index, 1, first, second));
}

/** A segment and the next in one. */
export function mergeSegments(script, id) {
  const index = script.segments.findIndex((one) => one.id === id);
  const [first, second] = script.segments.slice(index, index + 2);
  if (!second) return script;
  const articles = [...new Set([...first.articles, ...second.articles])];
  return withSegments(script, spliced(script.segments, index, 2, { ...first, articles, sentences: [...first.sentences, ...second.sentences] }));
}

export function setText(script, key, text) {
  const at = find(script, key);
  if (!at || at.sentence.text === text) return script;
  return withSentences(script, at.index, spliced(at.segment.sentences, at.place, 1, { ...at.sentence, text }));
}

/** Two sentences from one; both rest on what the one rested on. Gives the script and the second's key. */
export function splitSentence(script, key, offset) {
  const at = find(script, key);
  const [first, second] = [at.sentence.text.slice(0, offset).trim(), at.sentence.text.slice(offset).trim()];
  const added = { ...at.sentence, text: second, key: `s${++made}` };
  return [withSentences(script, at.index, spliced(at.segment.sentences, at.place, 1, { ...at.sentence, text: first }, added)), added.key];
}

/** A sentence joined to the one before it in its segment. Gives the script, the joined one's key, and where they meet. */
export function joinSentence(script, key) {
  const at = find(script, key);
  if (!at || at.place === 0) return null;
  const before = at.segment.sentences[at.place - 1];
  const joined = { ...before, text: before.text + at.sentence.text, rests_on: [...new Set([...before.rests_on, ...at.sentence.rests_on])] };
  return [withSentences(script, at.index, spliced(at.segment.sentences, at.place - 1, 2, joined)), joined.key, before.text.length];
}

/** Sentences in the place of one (`key`), or of all of a segment. */
export function replaceSentences(script, id, key, sentences) {
  const index = script.segments.findIndex((one) => one.id === id);
  const place = key === null ? 0 : script.segments[index].sentences.findIndex((one) => one.key === key);
  const count = key === null ? script.segments[index].sentences.length : 1;
  return withSentences(script, index, spliced(script.segments[index].sentences, place, count, ...sentences.map((one) => ({ ...one, key: `s${++made}` }))));
}

export function addSentence(script, key) {
  const at = find(script, key);
  const added = { text: "", rests_on: [], key: `s${++made}` };
  return [withSentences(script, at.index, spliced(at.segment.sentences, at.place + 1, 0, added)), added.key];
}

/** Without a sentence; a segment's last one takes the segment with it. */
export function removeSentence(script, key) {
  const at = find(script, key);
  if (at.segment.sentences.length === 1) return drop(script, at.segment.id);
  return withSentences(script, at.index, spliced(at.segment.sentences, at.place, 1));
}

/** A sentence one place up (-1) or down (1) in its segment. */
export function moveSentence(script, key, by) {
  const at = find(script, key);
  const to = at.place + by;
  if (to < 0 || to >= at.segment.sentences.length) return script;
  return withSentences(script, at.index, spliced(spliced(at.segment.sentences, at.place, 1), to, 0, at.sentence));
}

/** An id that no segment has. */
export function fresh(script, wanted) {
  const taken = new Set(script.segments.map((one) => one.id));
  let id = wanted;
  for (let number = 2; taken.has(id); number += 1) id = `${wanted}-${number}`;
  return id;
}

/** What was done, and what was undone: a line of values. */
export class Past {
  #before = [];
  #after = [];
  #label = null;
  constructor(now) {
    this.now = now;
  }
  /** Take a new value; changes with the same `label` in a row are one step. */
  take(value, label = null) {
    if (value === this.now) return false;
    if (!label || label !== this.#label) this.#before.push(this.now);
    this.#label = label;
    this.#after = [];
    this.now = value;
    return true;
  }
  /** The last change and this one are one step. */
  amend(value) {
    this.now = value;
  }
  /** The next change is a step of its own. */
  settle() {
    this.#label = null;
  }
  undo() {
    return this.#go(this.#before, this.#after);
  }
  redo() {
    return this.#go(this.#after, this.#before);
  }
  get canUndo() {
    return this.#before.length > 0;
  }
  get canRedo() {
    return this.#after.length > 0;
  }
  #go(from, to) {
    if (!from.length) return false;
    to.push(this.now);
    this.now = from.pop();
    this.#label = null;
    return true;
  }
}
