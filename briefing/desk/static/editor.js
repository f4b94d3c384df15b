// The script page: what a person wants becomes a new script, is shown, kept and saved.

import { Advice } from "./advice.js";
import { confirm, menu } from "./ask.js";
import { Claims } from "./claims.js";
import { closeChoice, chooseReading, Readings } from "./reading.js";
import { settleConflict } from "./conflict.js";
import * as doc from "./document.js";
import { draggable } from "./drag.js";
import { $, $$, clock, data, h, icon, tell, toast } from "./dom.js";
import { call, LoggedOut, Refused, Unreachable } from "./http.js";
import { Keeping } from "./keeping.js";
import { showKeys } from "./keys.js";
import { Player } from "./player.js";
import { showPool } from "./pool.js";
import { Articles, showSources } from "./sources.js";
import { Sheet } from "./sheet.js";
import { strip } from "./words.js";
import { Wishes } from "./wishes.js";
import { deeds, follow } from "./deeds.js";

const page = data("page");
const past = new doc.Past(doc.opened(page.script));
const articles = new Articles(page);
const claims = new Claims(page, (text) => sheet.checked(text));
const advice = new Advice(page, (text) => sheet.checked(text));
const readings = new Readings(`${page.show_path}/choices`, (text) => sheet.heard(text));

/** Show a new script and keep it; `label` joins changes in a row to one step of undo. */
function take(script, label = null) {
  if (!past.take(script, label)) return;
  sheet.show(script);
  changed();
}

const storiesOf = (script) => script.segments.filter((one) => one.kind === "story").map((one) => one.id).join(" ");
let unfollowed = null;

/** Take a script whose stories may be others; what announces them follows, in the same step of undo. */
function takeStories(script) {
  const before = past.now;
  take(script);
  if (storiesOf(before) === storiesOf(past.now)) return;
  unfollowed ??= before;
  followStories();
}

/** Ask the server what the headlines, transitions and credits are now; without it that is asked again before saving. */
async function followStories() {
  const [before, now] = [unfollowed, past.now];
  if (!before) return;
  try {
    const given = await call("POST", `${page.edition_path}/follow`, { before: doc.closed(before), script: doc.closed(now) });
    if (past.now !== now) return followStories();
    unfollowed = null;
    past.amend(doc.rekeyed(now, given));
    sheet.show(past.now);
    changed();
  } catch (error) {
    if (!(error instanceof Unreachable || error instanceof Refused)) throw error;
  }
}

function changed() {
  keeping.take(past.now);
  showLength();
  showBeside();
  showTray();
  $("#undo").disabled = !past.canUndo;
  $("#redo").disabled = !past.canRedo;
}

function travel(back) {
  sheet.stopEditing();
  if (!(back ? past.undo() : past.redo())) return;
  unfollowed = null;
  sheet.show(past.now);
  changed();
  tell(back ? "已撤销" : "已重做");
}

const at = (key) => doc.find(past.now, key);
const placeOf = (id) => past.now.segments.findIndex((one) => one.id === id);

/** Change the sentences so that one is being written afterwards. */
function rewritten(script, key, offset) {
  take(script);
  sheet.edit(key, offset);
}

const want = {
  chosen: () => showBeside(),
  type(key, text) {
    if (!past.take(doc.setText(past.now, key, text), `type ${key}`)) return;
    sheet.typed(past.now, key);
    changed();
  },
  typedAll: () => past.settle(),
  title: (id, title) => take(doc.change(past.now, id, { title: title.trim() || "（无题）" })),
  anchor: (id, anchor) => take(doc.change(past.now, id, { anchor })),
  moveBy(id, by) {
    takeStories(doc.move(past.now, id, placeOf(id) + by));
    sheet.focusHandle(id);
    tell(`“${past.now.segments[placeOf(id)].title}”现在是第 ${placeOf(id) + 1} 段，共 ${past.now.segments.length} 段`);
  },
  moveSentence(key, by) {
    take(doc.moveSentence(past.now, key, by));
    sheet.choose(key, { focus: true });
  },
  merge: (id) => takeStories(doc.mergeSegments(past.now, id)),
  drop(id) {
    const { title } = past.now.segments[placeOf(id)];
    dropped.set(id, past.now.segments[placeOf(id)]);
    takeStories(doc.drop(past.now, id));
    toast(`已撤下：${title}`, { label: "撤销", action: () => travel(true) });
  },
  addBelow(id) {
    const segment = { id: "added-1", kind: "story", title: "新的一段", anchor: past.now.segments[placeOf(id)].anchor, articles: [], sentences: [{ text: "", rests_on: [] }] };
    take(doc.insert(past.now, placeOf(id) + 1, segment));
    const added = past.now.segments[placeOf(id) + 1];
    sheet.edit(added.sentences[0].key);
  },
  splitSegment(key) {
    take(doc.splitSegment(past.now, key));
    sheet.choose(key, { focus: true });
  },
  splitSentence: (key, offset) => rewritten(...doc.splitSentence(past.now, key, offset), 0),
  addSentence: (key) => rewritten(...doc.addSentence(past.now, key), 0),
  join(key) {
    const joined = doc.joinSentence(past.now, key);
    if (joined) rewritten(...joined);
  },
  removeSentence(key) {
    const { segment, place } = at(key);
    if (segment.sentences.length === 1) return want.drop(segment.id);
    take(doc.removeSentence(past.now, key));
    const next = past.now.segments[placeOf(segment.id)].sentences;
    return sheet.choose(next[Math.min(place, next.length - 1)].key, { focus: true });
  },
  rewrite(key, from, to, mark) {
    const { text } = at(key).sentence;
    const writing = sheet.editing?.key === key;
    sheet.stopEditing();
    take(doc.setText(past.now, key, text.slice(0, from) + mark + text.slice(to)));
    if (writing) sheet.edit(key, from + mark.length);
    else sheet.choose(key, { focus: true });
  },
  read(button, piece, key) {
    chooseReading(button, piece, {
      here(say) {
        want.rewrite(key, piece.from, piece.to, say ? `${piece.text}{${say}}` : piece.text);
        tell(say ? `${piece.text} 改读 ${say}` : "标注已去掉");
      },
      async everywhere(word, pinyin) {
        await call("POST", "/api/v1/lexicon", { word, pinyin });
        if (piece.marked) want.rewrite(key, piece.from, piece.to, piece.text);
        player.forget();
        readings.forget();
        toast(`“${word}”以后读 ${pinyin}`);
      },
    });
  },
  /** A sentence in the words that a rule proposes; two sentences become two lines. */
  acceptRewrite(key, rewrite) {
    sheet.stopEditing();
    const changed = doc.setText(past.now, key, rewrite);
    const end = rewrite.indexOf("。") + 1;
    take(end > 0 && end < rewrite.length ? doc.splitSentence(changed, key, end)[0] : changed);
    sheet.choose(key, { focus: true });
    tell("已照建议改写，可以撤销");
  },
  async verify(text, verified) {
    try {
      await claims.verify(text, verified);
      tell(verified ? "已核实，记下了您的名字" : "已收回");
      showNeeds();
    } catch (error) {
      toast(error.message, { kind: "stop" });
    }
  },
  source: (id) => showSourceDialog(id),
  wishes: (button, id, key) => menu(button, wishes.entries(id, key)),
  hear: (key) => (playing === key ? player.stop() : listen([key])),
  hearSegment: (id) => listen(past.now.segments[placeOf(id)].sentences.map((one) => one.key)),
  hearFrom: (key) => listen(allKeys().slice(allKeys().indexOf(key))),
};

const wishes = new Wishes(page, {
  segment: (id) => past.now.segments[placeOf(id)],
  take(id, key, sentences) {
    sheet.stopEditing();
    take(doc.replaceSentences(past.now, id, key, sentences));
    tell("已采用；Ctrl+Z 可以撤销");
  },
});
const sheet = new Sheet($("#script"), { readings, claims, advice, anchors: page.anchors, rate: page.rate, writable: page.writable, want });

// ---- listening

let playing = null;
const allKeys = () => past.now.segments.flatMap((segment) => segment.sentences.map((one) => one.key));

function listen(keys) {
  sheet.stopEditing();
  const list = keys.map((key) => ({ key, text: at(key).sentence.text, anchor: at(key).sentence.anchor || at(key).segment.anchor })).filter((one) => one.text.trim());
  if (list.length) player.play(list);
}

const player = new Player(
  (one, signal) => call("POST", `${page.show_path}/speech`, { anchor: one.anchor, text: one.text }, { signal, as: "response", patience: 120_000 }),
  (state) => showPlayer(state),
);

function showPlayer(state) {
  const bar = $("#player");
  const one = state.list?.[state.place];
  if (state.kind === "stopped" || state.kind === "failed") {
    bar.hidden = true;
    playing = null;
    sheet.playing(null);
    if (state.kind === "failed") toast(`没能念出来：${state.error.message}`, { kind: "stop" });
    return;
  }
  bar.hidden = false;
  playing = one.key;
  const words = { waiting: "正在合成…", paused: "已暂停", playing: "" }[state.kind];
  $(".now p", bar).replaceChildren(words ? h("span", { class: "waiting" }, `${words} `) : "", strip(one.text));
  $(".count", bar).textContent = `${state.place + 1} / ${state.list.length}`;
  $("progress", bar).max = state.list.length;
  $("progress", bar).value = state.place + (state.kind === "waiting" ? 0 : 1);
  const toggle = $("#player-toggle");
  toggle.replaceChildren(icon(state.kind === "paused" ? "play" : "pause"));
  toggle.setAttribute("aria-label", state.kind === "paused" ? "继续" : "暂停");
  if (state.kind !== "paused") sheet.playing(one.key);
}

// ---- what stands beside: length, source, tray

function showLength() {
  const seconds = doc.seconds(past.now.segments, page.rate);
  const box = $("#length");
  const off = page.target > 0 && Math.abs(seconds - page.target) > page.far * page.target;
  box.classList.toggle("off", off);
  $("b", box).textContent = clock(seconds);
  $(".fill", box).style.transform = `scaleX(${page.target ? Math.min(1, seconds / page.target) : 1})`;
}

function showBeside() {
  const place = $("#source-inside");
  const found = sheet?.chosen && at(sheet.chosen);
  if (found && getComputedStyle($("aside.source")).display !== "none") showSources(place, articles, found.segment, found.sentence, page.credits);
}

function showSourceDialog(id) {
  const segment = past.now.segments[placeOf(id)];
  const aside = $("aside.source");
  if (getComputedStyle(aside).display !== "none") {
    sheet.choose(segment.sentences[0].key, { focus: true });
    return;
  }
  const inside = h("div", { class: "source" });
  const box = h("dialog", { class: "sheet", ariaLabel: "原文" }, h("header", {}, h("h2", {}, "原文"), h("button", { type: "button", class: "plain square", ariaLabel: "关闭", onclick: () => box.close() }, icon("close"))), h("div", { class: "body", tabIndex: 0, role: "region", ariaLabel: "原文" }, inside));
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
  showSources(inside, articles, segment, sheet.chosen && at(sheet.chosen)?.segment.id === id ? at(sheet.chosen).sentence : null, page.credits);
}

const dropped = new Map();

/** What stood in earlier versions: asked for when the page is there, for it takes a while. */
async function loadEarlier() {
  const { segments } = await call("GET", `${page.edition_path}/earlier`).catch(() => ({ segments: [] }));
  for (const segment of segments) if (!dropped.has(segment.id)) dropped.set(segment.id, segment);
  showTray();
}

/** What stood in an earlier version, or was taken down just now, and can come back. */
function showTray() {
  const ids = new Set(past.now.segments.map((one) => one.id));
  const gone = [...dropped.values()].filter((one) => !ids.has(one.id));
  $("#tray").hidden = !gone.length || !page.writable;
  $("#tray-count").textContent = gone.length;
  $("#tray ul").replaceChildren(...gone.map((one) => h("li", {}, h("div", {}, h("strong", {}, one.title), h("p", { class: "small soft one-line" }, one.sentences[0]?.text ?? "")), h("button", { type: "button", onclick: () => restore(one) }, "放回"))));
}

function restore(segment) {
  const end = past.now.segments.at(-1)?.kind === "closing" ? past.now.segments.length - 1 : past.now.segments.length;
  takeStories(doc.insert(past.now, end, segment));
  sheet.choose(past.now.segments[end].sentences[0].key, { focus: true, scroll: true });
  toast(`已放在第 ${end + 1} 段：${segment.title}`);
}

// ---- keeping

const keeping = new Keeping({ path: page.path, name: `briefing ${page.user} ${page.path}`, revision: page.revision, script: past.now, ahead: Date.now() - Date.parse(page.now), tell: showKept });

/** 05:41, where the show is. */
const hour = (moment) => new Date(moment).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", timeZone: page.zone });

function showKept(state) {
  const line = $("#kept");
  const said = {
    clean: () => `第 ${keeping.base} 版`,
    dirty: () => "有未保存的修改",
    kept: () => `草稿已存 ${hour(state.at)}`,
    saved: () => `已存为第 ${state.revision} 版`,
    away: () => "存在这台设备上",
    back: () => line.textContent,
    refused: () => "没有存上",
    late: () => line.textContent,
    out: () => "需要重新登录",
  }[state.kind];
  line.textContent = said();
  $("#save").disabled = !page.writable || !keeping.dirty;
  if (state.kind === "away") banner("连不上服务器。修改都存在这台设备上，连上后自动送出，可以继续写。", "现在重试", () => keeping.wake());
  if (state.kind === "out") banner("登录已过期。修改都存在这台设备上，重新登录后会回来。", "重新登录", () => location.assign(`${page.login}?next=${encodeURIComponent(location.pathname)}`));
  if (state.kind === "saved") (showNewer(), showNeeds());
  if (state.kind === "back") (banner(null), toast("已重新连上服务器"));
  // Somebody saved while the network was away.
  if (state.kind === "late" && state.error.status === 409) save();
  if (state.kind === "refused" && state.error.status !== 409) toast(state.error.message, { kind: "stop" });
}

function banner(text, label, action) {
  const place = $("#banner");
  place.hidden = !text;
  if (text) place.replaceChildren(h("div", { class: "banner", role: "status" }, h("p", {}, text), h("button", { type: "button", onclick: action }, label)));
}

/** Save; where somebody was faster, merge or ask. Gives whether everything is saved. */
async function save() {
  sheet.stopEditing();
  for (;;) {
    await followStories();
    try {
      return (await keeping.save()) !== null;
    } catch (error) {
      if (error instanceof LoggedOut) return false;
      if (!(error instanceof Refused) || error.status !== 409 || !error.problem.newest) return (toast(error.message, { kind: "stop" }), false);
      const settled = await settleConflict(error.problem);
      if (!settled) return false;
      keeping.rebase(error.problem.newest.revision, error.problem.newest.script);
      take(doc.opened(settled.script));
      if (settled.quiet) toast(`${error.problem.newest.author}也改了稿子，互不相干的修改已经合并`);
    }
  }
}

// ---- the page's own buttons and keys

$("#undo").addEventListener("click", () => travel(true));
$("#redo").addEventListener("click", () => travel(false));
$("#save").addEventListener("click", save);
$("#player-toggle").addEventListener("click", () => player.toggle());
$("#player-next").addEventListener("click", () => player.skip());
$("#player-stop").addEventListener("click", () => player.stop());
$("#pool")?.addEventListener("click", () => showPool(page, articles, past.now, (segment) => restore(segment)));
$("#add")?.addEventListener("click", () => want.addBelow(past.now.segments.at(past.now.segments.at(-1).kind === "closing" ? -2 : -1).id));
$("#more").addEventListener("click", (event) => menu(event.currentTarget, moreMenu()));

/** What needs a person, as the server finds it in the newest revision; without it the page is still whole. */
async function showNeeds() {
  try {
    const response = await call("GET", `${page.edition_path}/needs`, undefined, { as: "response" });
    const found = new DOMParser().parseFromString(await response.text(), "text/html");
    $("#alerts").replaceChildren(...found.body.children);
    for (const button of $$("[data-segment]", $("#alerts"))) button.addEventListener("click", () => lookAt(button.dataset));
  } catch (error) {
    if (!(error instanceof Unreachable || error instanceof Refused)) throw error;
  }
}

/** Go to what the page warns of. */
function lookAt({ segment: id, sentence: text }) {
  const segment = past.now.segments.find((one) => one.id === id);
  const sentence = segment?.sentences.find((one) => one.text === text) ?? segment?.sentences[0];
  if (sentence) sheet.choose(sentence.key, { focus: true, scroll: true });
  else toast("这一处已经改掉了");
}

/** Under each sentence its spoken form and pinyin, or not any more. */
function showSpoken() {
  sheet.spoken = !sheet.spoken;
  sheet.refresh();
}

function moreMenu() {
  return [
    ["从头听", () => want.hearFrom(allKeys()[0])],
    [sheet.spoken ? "收起念法和拼音" : "显示念法和拼音", showSpoken],
    past.canRedo && ["重做", () => travel(false)],
    ["各个版本", () => location.assign(`${page.here}/history`)],
    ["整期试听", () => location.assign(`${page.here}/programme`)],
    null,
    ["快捷键", showKeys],
  ];
}

deeds($("#deeds"), page, async () => ((await save()) ? keeping.base : null));

// ---- what others do

let newest = page.revision;

follow(page, {
  standing(now) {
    newest = now.revision;
    if (now.stage !== page.stage && !keeping.dirty && !keeping.saving) location.reload();
    else showNewer();
  },
  ended: (job) => (job.what === "render" ? location.assign(`${page.here}/programme`) : location.reload()),
});

/** Say that somebody else has saved, unless that was we ourselves. */
function showNewer() {
  if (keeping.saving || keeping.away) return;
  if (newest <= keeping.base) banner(null);
  else if (keeping.dirty) banner(`别人保存了第 ${newest} 版。保存时会和您的修改合并。`, "现在合并", save);
  else banner(`别人保存了第 ${newest} 版。`, "载入", () => location.reload());
}

const KEYS = { s: () => save(), z: () => travel(true), y: () => travel(false) };

addEventListener("keydown", (event) => {
  const writing = event.target.matches("input, textarea, select");
  const command = event.ctrlKey || event.metaKey;
  if (event.defaultPrevented || event.isComposing || $("dialog[open]")) return;
  if (event.key === "Escape" && (closeChoice() || player.playing)) player.stop();
  else if (command && event.key.toLowerCase() === "s") KEYS.s();
  else if (command && !writing && event.key.toLowerCase() === "z") (event.shiftKey ? KEYS.y : KEYS.z)();
  else if (command && !writing && event.key.toLowerCase() === "y") KEYS.y();
  else if (writing || command || event.altKey) return;
  else if (event.key === "?") showKeys();
  else if (event.key === "v") showSpoken();
  else if (event.key === "p") player.playing ? player.toggle() : listen(sheet.chosen ? [sheet.chosen] : allKeys());
  else if (event.key === "P" && sheet.chosen) want.hearSegment(at(sheet.chosen).segment.id);
  else if (event.key === "l") want.hearFrom(sheet.chosen ?? allKeys()[0]);
  else if (["j", "k"].includes(event.key) && !event.target.closest(".sentence")) sheet.step(event.key === "j" ? 1 : -1);
  else return;
  event.preventDefault();
});

addEventListener("beforeunload", (event) => {
  if (keeping.dirty && keeping.away) event.preventDefault();
});

// ---- begin

/** What was written and not saved when this page was last closed: the newer of what the server and this device have. */
async function begin() {
  sheet.show(past.now);
  if (page.writable) draggable($("#script"), (id, index) => want.moveTo(id, index));
  const here = keeping.left();
  const left = [page.draft, here].filter(Boolean).sort((a, b) => Date.parse(b.at) - Date.parse(a.at))[0];
  if (left && page.writable && JSON.stringify(left.script) !== JSON.stringify(doc.closed(past.now))) {
    keeping.base = left.base;
    take(doc.opened(left.script));
    const discard = async () => {
      await keeping.discard().catch(() => null);
      location.reload();
    };
    toast(`已找回 ${hour(left.at)} 写下、还没保存的修改`, { label: "不要了", action: async () => (await confirm("丢掉没有保存的修改？", ["稿子会回到最后保存的一版。"], "丢掉", { danger: true })) && discard() });
  } else {
    showLength();
    showTray();
    showKept({ kind: "clean" });
  }
  const [, wanted] = location.hash.split("#segment-");
  const first = past.now.segments.find((one) => one.id === wanted) ?? past.now.segments.find((one) => one.kind === "story") ?? past.now.segments[0];
  sheet.choose(first.sentences[0].key, { scroll: Boolean(wanted) });
}

want.moveTo = (id, index) => {
  takeStories(doc.move(past.now, id, index));
  tell(`“${past.now.segments[placeOf(id)].title}”现在是第 ${placeOf(id) + 1} 段`);
};

begin();
showNeeds();
loadEarlier();
