// Listening: sentences one after the other, each sound as soon as it is there, the next one asked for while this one plays.

import { Refused } from "./http.js";

const AHEAD = 6;
/** Seconds between two sentences, about what the programme leaves. */
const REST = 0.35;
const HEADER = 44;

/** The rate of a WAV file from its first bytes. */
const rateOf = (header) => new DataView(header.buffer, header.byteOffset).getUint32(24, true);

/** The samples of a streamed WAV file, in pieces as they come. */
async function* sounds(context, response) {
  const reader = response.body.getReader();
  let [held, rate] = [new Uint8Array(0), 0];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    held = joined(held, value);
    if (!rate) {
      if (held.length < HEADER) continue;
      rate = rateOf(held);
      held = held.slice(HEADER);
    }
    const even = held.length - (held.length % 2);
    if (even) yield buffer(context, held.slice(0, even), rate);
    held = held.slice(even);
  }
}

function joined(first, second) {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

function buffer(context, bytes, rate) {
  const samples = Float32Array.from(new Int16Array(bytes.buffer), (sample) => sample / 32768);
  const made = context.createBuffer(1, samples.length, rate);
  made.copyToChannel(samples, 0);
  return made;
}

/** Plays lists of `{key, anchor, text}`; `ask(one, signal)` gives the response that speaks one; `tell(state)` hears of each change. */
export class Player {
  #context = null;
  #run = null;
  #kept = new Map();

  constructor(ask, tell) {
    this.ask = ask;
    this.tell = tell;
  }

  get playing() {
    return this.#run !== null;
  }

  get paused() {
    return this.playing && this.#context.state === "suspended";
  }

  /** Play these, from the first on; what played before ends. */
  async play(list) {
    this.stop();
    this.#context ??= new AudioContext();
    await this.#context.resume();
    const run = { list, marks: [], sources: new Set(), end: 0, over: new AbortController(), at: -1 };
    this.#run = run;
    run.ticking = setInterval(() => this.#tick(run), 60);
    this.tell({ kind: "waiting", place: 0, list });
    try {
      for (const [place, one] of list.entries()) await this.#lay(run, place, one);
      run.complete = true;
    } catch (error) {
      if (run !== this.#run) return;
      this.stop();
      this.tell({ kind: "failed", error });
    }
  }

  toggle() {
    if (!this.playing) return;
    if (this.paused) this.#context.resume();
    else this.#context.suspend();
    setTimeout(() => this.playing && this.tell({ kind: this.paused ? "paused" : "playing", place: Math.max(0, this.#run.at), list: this.#run.list }), 50);
  }

  /** Go on with the next sentence. */
  skip() {
    if (!this.playing) return;
    const rest = this.#run.list.slice(Math.max(0, this.#run.at) + 1);
    if (rest.length) this.play(rest);
    else this.stop();
  }

  stop() {
    const run = this.#run;
    if (!run) return;
    this.#run = null;
    clearInterval(run.ticking);
    run.over.abort();
    for (const source of run.sources) source.stop();
    this.tell({ kind: "stopped", list: run.list });
  }

  async #lay(run, place, one) {
    const name = `${one.anchor}\n${one.text}`;
    const known = this.#kept.get(name);
    const parts = [];
    run.marks.push({ place, from: Infinity });
    const mark = run.marks.at(-1);
    for await (const part of known ?? sounds(this.#context, await this.ask(one, run.over.signal))) {
      if (run !== this.#run) return;
      parts.push(part);
      const from = this.#start(run, part);
      mark.from = Math.min(mark.from, from);
    }
    if (!parts.length) throw new Refused(502, { detail: "没有收到声音" });
    this.#remember(name, parts);
    run.end += REST;
    while (run === this.#run && run.end - this.#context.currentTime > AHEAD) await new Promise((resolve) => setTimeout(resolve, 200));
  }

  #start(run, part) {
    const source = this.#context.createBufferSource();
    source.buffer = part;
    source.connect(this.#context.destination);
    const from = Math.max(run.end, this.#context.currentTime + 0.02);
    source.start(from);
    run.sources.add(source);
    source.addEventListener("ended", () => run.sources.delete(source));
    run.end = from + part.duration;
    return from;
  }

  #remember(name, parts) {
    this.#kept.delete(name);
    this.#kept.set(name, parts);
    if (this.#kept.size > 60) this.#kept.delete(this.#kept.keys().next().value);
  }

  /** Forget what was heard: a reading was changed in the lexicon. */
  forget() {
    this.#kept.clear();
  }

  #tick(run) {
    const now = this.#context.currentTime;
    const at = run.marks.findLastIndex((mark) => mark.from <= now);
    if (at !== run.at) {
      run.at = at;
      if (at >= 0) this.tell({ kind: "playing", place: at, list: run.list });
    }
    if (run.complete && now > run.end) this.stop();
  }
}
