// What can be done with an edition: approve, hold, release, record, publish, withdraw, correct. Each is asked about first.

import { $, h, icon, toast } from "./dom.js";
import { confirm, dialog, line, menu, show } from "./ask.js";
import { call, root } from "./http.js";

const STEPS = { gather: "收稿", draft: "写稿", render: "录制", publish: "播出", run: "录制并播出", correct: "更正", withdraw: "撤下", reinstate: "重新播出" };

/**
 * Put the deeds that the server allows into `place`: the first as a button, the rest in a menu. `before()` saves what is not
 * saved and gives the revision that the deed is about, or null when it could not.
 */
export function deeds(place, page, before = async () => page.revision) {
  const [first, ...rest] = page.deeds;
  if (!place || !first) return;
  place.append(h("button", { type: "button", class: first.danger ? "danger" : "main", onclick: () => act(first, page, before) }, first.label));
  if (!rest.length) return;
  const entries = () => rest.map((deed) => [deed.label, () => act(deed, page, before), deed.danger ? "danger" : ""]);
  place.append(h("button", { type: "button", id: "more-deeds", class: "square plain", title: "还能做什么", ariaLabel: "还能做什么", ariaHasPopup: "menu", ariaExpanded: "false", onclick: (event) => menu(event.currentTarget, entries()) }, icon("more")));
}

async function act(deed, page, before) {
  const reason = deed.asks ? await line(deed.title, deed.asks, { hint: deed.lines.join(""), confirmLabel: deed.label, danger: deed.danger }) : "";
  if (reason === null) return;
  if (!deed.asks && !(await confirm(deed.title, deed.lines, deed.label, { danger: deed.danger }))) return;
  const revision = await before();
  if (revision === null) return;
  if (deed.what === "approve") return approve(page, revision);
  const body = { reinstate: { base: revision, words: reason } }[deed.what] ?? (deed.asks ? { words: reason } : undefined);
  try {
    await call("POST", `${page.path}/${deed.what}`, body, { patience: 60_000 });
  } catch (error) {
    toast(error.message, { kind: "stop" });
  }
}

/** Approve; what is grave is shown, and each of it has to be confirmed. */
async function approve(page, revision) {
  let confirmed = [];
  for (;;) {
    try {
      return await call("POST", `${page.path}/approve`, { base: revision, confirmed }, { patience: 60_000 });
    } catch (error) {
      if (!error.problem?.grave) return toast(error.message, { kind: "stop" });
      const more = await confirmEach(error.problem.grave);
      if (!more) return null;
      confirmed = [...confirmed, ...more];
    }
  }
}

/** A question for each grave finding; gives their names when all are confirmed, else null. */
async function confirmEach(grave) {
  const item = ({ name, text }) => h("label", { class: "confirm" }, h("input", { type: "checkbox", required: true, value: name }), h("span", {}, text));
  const body = [h("p", {}, "这几处听众会直接听到。请逐条看过，确认照播；名字记在日志里。"), h("div", { class: "confirms" }, grave.map(item))];
  const box = dialog(`批准以前请确认 ${grave.length} 处`, body, [["yes", "都确认，批准", "main danger"]], { wide: true });
  return (await show(box)) === "yes" ? grave.map(({ name }) => name) : null;
}

/**
 * Follow an edition. `standing` is told its stage and newest revision when they change, whoever changed them; how far long work
 * is stands in a strip at the bottom, what changes meanwhile is its own affair, and `ended` is told when it is done.
 */
export function follow(page, { standing, ended }) {
  const source = new EventSource(`${root}${page.path}/events`);
  let working = false;
  source.addEventListener("standing", (event) => working || standing(JSON.parse(event.data)));
  source.addEventListener("status", (event) => showStatus(JSON.parse(event.data)));
  source.addEventListener("job", (event) => {
    const job = JSON.parse(event.data);
    showWork(job);
    if (working && job.state === "failed") toast(`${STEPS[job.what] ?? job.what}没有做成：${job.sentence}`, { kind: "stop" });
    if (working && job.state === "done") {
      // The page is left for a new one: what the stream says next is on that already.
      source.close();
      ended(job);
    }
    working = job.state === "running";
  });
  addEventListener("pagehide", () => source.close());
}

/** The one line on where the edition stands, as the server says it now. */
function showStatus({ text, kind }) {
  const line = $("#status");
  if (!line) return;
  line.textContent = text;
  line.className = `status bar ${kind}`;
}

function showWork({ what, state, spoken, sentences }) {
  const strip = $("#work");
  strip.hidden = state !== "running";
  const named = STEPS[what] ?? what;
  $("p", strip).textContent = sentences ? `正在${named}：第 ${spoken} 句，共 ${sentences} 句` : `正在${named}…`;
  const bar = $("progress", strip);
  if (sentences) Object.assign(bar, { max: sentences, value: spoken });
  else bar.removeAttribute("value");
}
