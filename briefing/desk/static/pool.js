// The day's other articles: take one, condensed for the ear.

import { h, toast } from "./dom.js";
import { call } from "./http.js";
import { hanCount } from "./words.js";

/** Show the articles that the script does not tell; `take(segment)` gets one that was condensed. */
export async function showPool(page, articles, script, take) {
  const list = h("ul", { class: "pool" }, h("li", { class: "soft" }, "正在取稿件…"));
  const search = h("input", { type: "search", placeholder: "按标题或正文找", ariaLabel: "找稿件" });
  const box = h(
    "dialog",
    { class: "wide", ariaLabel: "今天的其他稿件" },
    h("div", { class: "inside" }, h("header", {}, h("h2", {}, "今天的其他稿件"), h("button", { type: "button", class: "plain", onclick: () => box.close() }, "关闭")), h("div", { class: "body" }, search, list)),
  );
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
  const used = new Set(script.segments.flatMap((segment) => segment.articles));
  let found = [];
  const draw = () => {
    const wanted = search.value.trim();
    const shown = found.filter((one) => !used.has(one.id) && (one.title + one.paragraphs.join("")).includes(wanted));
    list.replaceChildren(...shown.map((one) => entry(one, page, box, take)));
    if (!shown.length) list.append(h("li", { class: "soft" }, wanted ? "没有这样的稿件。" : "今天的稿件都已经用上了。"));
  };
  search.addEventListener("input", draw);
  try {
    found = await articles.all();
    draw();
  } catch (error) {
    list.replaceChildren(h("li", { class: "fault" }, error.message));
  }
}

function entry(one, page, box, take) {
  const button = h("button", { type: "button", onclick: () => condense() }, "选用");
  async function condense() {
    button.disabled = true;
    button.textContent = "正在压缩…";
    try {
      const segment = await call("POST", `${page.edition_path}/articles/${encodeURIComponent(one.id)}/told`, undefined, { patience: 120_000 });
      box.close();
      take(segment);
    } catch (error) {
      button.disabled = false;
      button.textContent = "选用";
      toast(error.message, { kind: "stop" });
    }
  }
  const facts = [page.credits[one.source] || one.source, one.page, `${hanCount(one.paragraphs.join(""))} 字`].filter(Boolean).join(" · ");
  return h("li", {}, h("div", {}, h("strong", {}, one.title), h("p", { class: "small soft" }, facts), h("p", { class: "small" }, `${one.paragraphs[0].slice(0, 60)}…`)), button);
}
