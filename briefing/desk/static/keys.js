// What the keyboard can do.

import { h } from "./dom.js";
import { dialog, show } from "./ask.js";

const GROUPS = [
  ["走动", [["上一句、下一句", "K", "J"], ["改这一句", "Enter"], ["改完", "Esc"]]],
  ["听", [["听这一句", "空格"], ["暂停、继续", "P"], ["听这一段", "Shift", "P"], ["从这里听起", "L"], ["改完就听", "Ctrl", "Enter"], ["停止", "Esc"]]],
  ["改", [["移动一句", "Alt", "↑↓"], ["移动一段", "Alt", "Shift", "↑↓"], ["拆成两句（写的时候）", "Enter"], ["并到上句（在句首）", "退格"], ["改读音", "R"], ["念法和拼音", "V"], ["删去这一句", "Delete"]]],
  ["稿子", [["保存", "Ctrl", "S"], ["撤销", "Ctrl", "Z"], ["重做", "Ctrl", "Shift", "Z"], ["这张表", "?"]]],
];

export function showKeys() {
  const row = ([label, ...keys]) => h("div", {}, h("dt", {}, label), h("dd", {}, keys.map((key) => [h("kbd", {}, key), " "]).flat()));
  const body = GROUPS.map(([title, rows]) => [h("h3", {}, title), h("dl", { class: "keys" }, rows.map(row))]).flat();
  return show(dialog("快捷键", body, [], { wide: true }));
}
