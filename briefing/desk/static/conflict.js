// Two people changed the same place: both versions side by side, and a choice for each place.

import { $, h } from "./dom.js";
import { dialog, show } from "./ask.js";

const WHAT = { title: "标题", kind: "类别", anchor: "主播", articles: "依据的文章", sentences: "", segment: "整段", order: "段落顺序" };

/**
 * What comes of two versions: `problem` is what the API answered: `newest` is what was saved, `merged` both put together.
 * Gives `{script, quiet}`, or null when nothing was decided; `quiet` when nobody had to be asked.
 */
export async function settleConflict({ newest: theirs, mine, merged, conflicts }) {
  if (!conflicts.length) return { script: merged, quiet: true };
  const places = conflicts.map((conflict, number) => place(conflict, number, merged, theirs));
  const others = `这${conflicts.length === 1 ? "一处" : ` ${conflicts.length} 处`}请选一个，另一个仍留在各个版本里。`;
  const body = [
    h("p", {}, `${theirs.author}保存了第 ${theirs.revision} 版，和您改了同一处。互不相干的修改已经合并好；${others}`),
    h("div", { class: "versions" }, places),
  ];
  const box = dialog("两个人改了同一处", body, [["", "先不保存"], ["yes", "按所选的保存", "main"]], { wide: true });
  if ((await show(box)) !== "yes") return null;
  const chosen = conflicts.filter((_, number) => $(`input[name="choice-${number}"]:checked`, box).value === "mine");
  return { script: chosen.reduce((script, conflict) => withMine(script, conflict, mine), merged), quiet: false };
}

function place(conflict, number, merged, theirs) {
  const segment = merged.segments.find((one) => one.id === conflict.segment);
  const title = [segment?.title ?? (conflict.segment ? conflict.mine[0] : "全稿"), WHAT[conflict.what]].filter(Boolean).join(" · ");
  const side = (who, label, lines, against) =>
    h(
      "label",
      { class: "side" },
      h("input", { type: "radio", name: `choice-${number}`, value: who, checked: who === "theirs" }),
      h("strong", {}, ` ${label}`),
      lines.length ? lines.map((line, at) => h("p", {}, difference(line, against[at] ?? ""))) : h("p", { class: "soft" }, "（撤下了）"),
    );
  return h(
    "section",
    { class: "clash" },
    h("h3", {}, title),
    h("div", { class: "sides" }, side("mine", "我的", conflict.mine, conflict.theirs), side("theirs", theirs.author, conflict.theirs, conflict.mine)),
  );
}

/** A line with what the other has not in a mark: all between what both begin and end with. */
function difference(line, other) {
  let head = 0;
  while (head < line.length && line[head] === other[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(line.length, other.length) - head && line.at(-1 - tail) === other.at(-1 - tail)) tail += 1;
  const middle = line.slice(head, line.length - tail);
  return [line.slice(0, head), middle ? h("ins", {}, middle) : "", line.slice(line.length - tail)];
}

/** The merged script with my version of one conflict. */
function withMine(script, conflict, mine) {
  const { segment: id, what } = conflict;
  const own = mine.segments.find((one) => one.id === id);
  const segments = (list) => ({ ...script, segments: list });
  if (what === "order") return segments(ordered(script.segments, mine.segments));
  if (!id) return what === "title" ? { ...script, title: mine.title } : mine;
  if (!own) return segments(script.segments.filter((one) => one.id !== id));
  return segments(script.segments.map((one) => (one.id !== id ? one : what === "segment" ? own : { ...one, [what]: what === "sentences" ? spliced(one, own, conflict) : own[what] })));
}

/** The segment's sentences with my words in place of theirs; all of mine where theirs cannot be found. */
function spliced(segment, own, conflict) {
  const texts = segment.sentences.map((one) => one.text);
  const start = conflict.theirs.length ? texts.findIndex((_, at) => conflict.theirs.every((line, step) => texts[at + step] === line)) : -1;
  if (start < 0) return own.sentences;
  const lines = conflict.mine.map((text) => own.sentences.find((one) => one.text === text));
  return [...segment.sentences.slice(0, start), ...lines, ...segment.sentences.slice(start + conflict.theirs.length)];
}

/** Their segments in my order; what I do not have stays behind what it followed. */
function ordered(theirs, mine) {
  const places = new Map(mine.map((one, at) => [one.id, at]));
  let last = -1;
  const keyed = theirs.map((one, at) => ({ one, at, place: (last = places.get(one.id) ?? last) }));
  return keyed.sort((a, b) => a.place - b.place || a.at - b.at).map(({ one }) => one);
}
