// Changes that an editor wishes for, of a story or of a sentence: asked for, shown beside what stands there, taken or not.

import { dialog, line, show } from "./ask.js";
import { h, toast } from "./dom.js";
import { call, LoggedOut } from "./http.js";
import { closed } from "./document.js";
import { hanCount } from "./words.js";

const PATIENCE = 150_000;
const ALWAYS = { shorter: "短些", longer: "长些" };
const BY_MODEL = { spoken: "口语一点", rewrite: "重写" };

/** `host.segment(id)` gives a segment as it stands, `host.take(id, key, sentences)` takes a proposal. */
export class Wishes {
  #busy = false;

  constructor(page, host) {
    Object.assign(this, { path: `${page.path}/proposals`, model: page.model, host });
  }

  /** The entries of a menu about a story (`key` is null) or one of its sentences. */
  entries(id, key) {
    const entry = ([wish, label]) => [label, () => this.#ask(id, key, wish, label)];
    const more = this.model ? [...Object.entries(BY_MODEL).map(entry), null, ["照我说的改…", () => this.#askFreely(id, key)]] : [];
    return [...Object.entries(ALWAYS).map(entry), ...more];
  }

  async #askFreely(id, key) {
    const instruction = await line("照我说的改", "怎么改", { hint: "如：把数字放到前面；不要提公司的名字。原文里没有的不会写。", confirmLabel: "改改看" });
    if (instruction) await this.#ask(id, key, "free", "照我说的改", instruction);
  }

  async #ask(id, key, wish, label, instruction = "") {
    if (this.#busy) return toast("上一个还没改好，请稍等");
    const before = this.host.segment(id);
    const [segment] = closed({ title: "", segments: [before] }).segments;
    const meant = key === null ? before.sentences : before.sentences.filter((one) => one.key === key);
    const place = before.sentences.filter((one) => one.text.trim()).findIndex((one) => one.key === key);
    this.#busy = true;
    toast("正在改，改好了给您看……");
    try {
      const given = await call("POST", this.path, { segment, sentence: key === null ? null : place, wish, instruction }, { patience: PATIENCE });
      if (!given.sentences.length) return toast(given.note || "没有可改的");
      if (!(await this.#show(label, meant, given))) return;
      if (this.host.segment(id) !== before) return toast("这一段刚才又改过，没有采用；请再试一次", { kind: "stop" });
      this.host.take(id, key, given.sentences);
    } catch (error) {
      if (!(error instanceof LoggedOut)) toast(`没有改成：${error.message}`, { kind: "stop" });
    } finally {
      this.#busy = false;
    }
  }

  /** Both versions; whether the new one is taken. */
  async #show(label, meant, given) {
    const side = (title, sentences) =>
      h("div", { class: "side" }, h("strong", {}, `${title}（${sentences.reduce((sum, one) => sum + hanCount(one.text), 0)} 字）`), sentences.map((one) => h("p", {}, one.text)));
    const cost = given.by_model && given.tokens ? `用了 ${given.tokens} 个 token${given.yuan ? `、${given.yuan.toFixed(3)} 元` : ""}、${Math.round(given.seconds)} 秒。` : "";
    const body = [
      h("section", { class: "clash proposal" }, h("div", { class: "sides" }, side("现在", meant), side("改后", given.sentences))),
      given.note ? h("p", { class: "claim" }, given.note) : null,
      h("p", { class: "small soft" }, `${given.by_model ? "大模型改的，每句都对过原文。" : "没有用大模型。"}${cost}采用以后还可以再改、撤销。`),
    ];
    return (await show(dialog(label, body, [["", "不用"], ["yes", "采用", "main"]], { wide: true }))) === "yes";
  }
}
