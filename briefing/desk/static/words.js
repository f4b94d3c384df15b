// The printed text with its marks: 重{chóng}庆, {停0.8}, {慢}, {快}. The server parses them for good (briefing/mandarin/marks.py); this
// only shows them while they are typed.

const BRACES = /[{｛]([^{}｛｝]*)[}｝]/gu;
const PAUSE = /^停\s*([0-9]{1,2}(?:\.[0-9]{1,2})?)\s*秒?$/u;
const PACE = /^[慢快]$/u;
const HAN = /[\u{3007}\u{3400}-\u{4dbf}\u{4e00}-\u{9fff}\u{20000}-\u{3ffff}]/gu;

/** The text without marks. */
export const strip = (text) => text.replace(BRACES, "");

/** Han characters that are said. */
export const hanCount = (text) => strip(text).match(HAN)?.length ?? 0;

/** Seconds of silence that marks ask for. */
export const pauses = (text) => [...text.matchAll(BRACES)].reduce((sum, [, held]) => sum + Number(PAUSE.exec(held.trim())?.[1] ?? 0), 0);

/**
 * The text cut into what is shown: plain text, pauses, and characters with a reading: marked, doubtful as `choices` say, or, with
 * `all`, whatever can be read in two ways. `from` and `to` are where a piece stands in the text as it is written; a choice's `index`
 * counts without the marks.
 */
export function pieces(text, choices = [], all = false) {
  const found = [];
  const known = new Map(choices.map((choice) => [choice.index, choice]));
  let [bare, at, plainFrom] = [0, 0, 0];
  const flush = (to) => {
    if (to > plainFrom) found.push({ kind: "text", text: text.slice(plainFrom, to), from: plainFrom, to });
  };
  while (at < text.length) {
    BRACES.lastIndex = at;
    const mark = "{｛".includes(text[at]) ? BRACES.exec(text) : null;
    if (mark?.index === at) {
      flush(at);
      found.push(markPiece(mark, at));
      at = plainFrom = BRACES.lastIndex;
      continue;
    }
    const char = String.fromCodePoint(text.codePointAt(at));
    const end = at + char.length;
    const reading = readingAt(text, end);
    const choice = known.get(bare);
    if (reading || (choice && (all || !choice.sure))) {
      flush(at);
      const last = choice?.token ? at + choice.char.length : end;
      found.push({ kind: choice?.token ? "unknown" : "han", text: text.slice(at, last), from: at, to: reading?.to ?? last, say: reading?.say ?? choice.say, marked: Boolean(reading), choice });
      bare += [...text.slice(at, last)].length;
      at = plainFrom = reading?.to ?? last;
      continue;
    }
    bare += 1;
    at = end;
  }
  flush(at);
  return found;
}

function markPiece(mark, from) {
  const seconds = PAUSE.exec(mark[1].trim())?.[1];
  const kind = seconds ? "pause" : PACE.test(mark[1].trim()) ? "pace" : "wrong";
  return { kind, text: mark[0], from, to: from + mark[0].length, seconds: Number(seconds ?? 0) };
}

/** The reading that is marked right behind a character. */
function readingAt(text, end) {
  if (!"{｛".includes(text[end] ?? " ")) return null;
  BRACES.lastIndex = end;
  const mark = BRACES.exec(text);
  if (mark?.index !== end || PAUSE.test(mark[1].trim()) || PACE.test(mark[1].trim()) || !/\p{Script=Han}/u.test(text.slice(0, end).slice(-1))) return null;
  return { say: mark[1].trim(), to: end + mark[0].length };
}
