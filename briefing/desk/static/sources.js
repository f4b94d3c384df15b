// What a segment rests on: its articles, with the sentences that were used marked.

import { $, h } from "./dom.js";
import { call } from "./http.js";

/** The day's articles, fetched once. */
export class Articles {
  #asked = null;

  constructor(page) {
    this.path = `${page.path}/articles`;
  }

  all() {
    if (!this.#asked) {
      this.#asked = call("GET", this.path);
      this.#asked.catch(() => (this.#asked = null));
    }
    return this.#asked;
  }

  /** Those with these ids, in their order. */
  async of(ids) {
    const all = await this.all();
    return ids.map((id) => all.find((one) => one.id === id)).filter(Boolean);
  }
}

/** Show a segment's articles in `place`; `sentence` is the chosen one. */
export async function showSources(place, articles, segment, sentence, credits) {
  const mine = (place.run = {});
  let found;
  try {
    found = await articles.of(segment.articles);
  } catch (error) {
    if (place.run === mine) place.replaceChildren(h("p", { class: "soft" }, `原文现在取不到：${error.message}`));
    return;
  }
  if (place.run !== mine) return;
  const used = segment.sentences.flatMap((one) => one.rests_on);
  const now = sentence?.rests_on ?? [];
  if (!found.length) place.replaceChildren(h("p", { class: "soft" }, "这一段不依据文章。"));
  else place.replaceChildren(...found.map((article) => paper(article, used, now, credits)));
  const first = $("mark.now", place);
  if (first && place.closest("aside")) {
    const room = place.closest("aside");
    const [inner, outer] = [first.getBoundingClientRect(), room.getBoundingClientRect()];
    if (inner.top < outer.top || inner.bottom > outer.bottom) room.scrollTop += inner.top - outer.top - 60;
  }
}

function paper(article, used, now, credits) {
  const facts = [credits[article.source] || article.source, article.page, article.byline].filter(Boolean).join(" · ");
  const link = /^https?:\/\//u.test(article.url) ? h("a", { href: article.url, rel: "noreferrer noopener", target: "_blank" }, "原网页") : null;
  return h(
    "article",
    {},
    h("h3", {}, marked(article.title, used, now)),
    h("p", { class: "small soft" }, facts, link ? " · " : "", link),
    article.paragraphs.map((paragraph) => h("p", {}, marked(paragraph, used, now))),
  );
}

/** A paragraph with the sentences that were used in marks; those of the chosen sentence stand out. */
function marked(text, used, now) {
  const spans = used
    .map((sentence) => ({ from: text.indexOf(sentence), length: sentence.length, now: now.includes(sentence) }))
    .filter((span) => span.from >= 0 && span.length > 0)
    .sort((a, b) => a.from - b.from || b.length - a.length);
  const parts = [];
  let at = 0;
  for (const span of spans) {
    if (span.from < at) continue;
    parts.push(text.slice(at, span.from), h("mark", { class: span.now ? "now" : "" }, text.slice(span.from, span.from + span.length)));
    at = span.from + span.length;
  }
  return [...parts, text.slice(at)];
}
