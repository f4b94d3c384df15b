// Questions to a person: a dialog that gives what was answered, and menus.

import { $, beside, h, iconButton } from "./dom.js";

/** Show a dialog; gives the value of the button that closed it, "" for Escape. */
export function show(dialog) {
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) =>
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue);
    }),
  );
}

/** A dialog with a title, a body and buttons; buttons are `[value, label, class]`. */
export function dialog(title, body, buttons, { wide = false, sheet = false } = {}) {
  const box = h("dialog", { class: `${wide ? "wide" : ""} ${sheet ? "sheet" : ""}`, ariaLabel: title });
  const close = iconButton("close", "关闭", () => box.close(""));
  const foot = buttons.map(([value, label, kind]) => h("button", { type: "submit", value, class: kind ?? "" }, label));
  const form = h("form", { method: "dialog" }, h("header", {}, h("h2", {}, title), close), h("div", { class: "body", tabIndex: 0 }, body), foot.length ? h("footer", {}, foot) : null);
  box.append(form);
  return box;
}

/** Ask whether to do something; true when it is to be done. */
export async function confirm(title, lines, label, { danger = false } = {}) {
  const body = lines.map((line) => h("p", {}, line));
  return (await show(dialog(title, body, [["", "再想想", ""], ["yes", label, danger ? "main danger" : "main"]]))) === "yes";
}

/** Ask for a line of text; null when nothing is to be done. */
export async function line(title, label, { value = "", hint = "", confirmLabel = "确定", danger = false } = {}) {
  const input = h("input", { name: "line", value, required: true, autocomplete: "off", id: "asked-line" });
  const body = [h("label", { for: "asked-line" }, label), input, hint ? h("p", { class: "small soft" }, hint) : null];
  const box = dialog(title, body, [["yes", confirmLabel, danger ? "main danger" : "main"]]);
  const answer = show(box);
  input.select();
  return (await answer) === "yes" ? input.value.trim() : null;
}

let open = null;

/** A menu beside an element: `[label, action]`, or null for a line between. Arrow keys move, Escape closes. */
export function menu(anchor, entries) {
  closeMenu();
  const item = ([label, action, kind = ""]) =>
    h("button", { type: "button", role: "menuitem", class: kind, onclick: () => (closeMenu(), action()) }, label);
  const list = h("div", { class: "menu", role: "menu", onkeydown: (event) => keys(event, list, anchor) }, entries.filter((entry) => entry !== false).map((entry) => (entry ? item(entry) : h("hr"))));
  document.body.append(list);
  beside(list, anchor);
  open = { list, anchor };
  anchor.setAttribute("aria-expanded", "true");
  $("button", list)?.focus();
  setTimeout(() => document.addEventListener("pointerdown", outside));
}

export function closeMenu() {
  if (!open) return;
  open.list.remove();
  open.anchor.setAttribute("aria-expanded", "false");
  open = null;
  document.removeEventListener("pointerdown", outside);
}

function outside(event) {
  if (open && !open.list.contains(event.target)) closeMenu();
}

function keys(event, list, anchor) {
  const buttons = [...list.querySelectorAll("button")];
  const at = buttons.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (event.key === "Escape" || event.key === "Tab") {
    closeMenu();
    anchor.focus();
  } else if (to === undefined) return;
  else buttons.at(to % buttons.length).focus();
  event.preventDefault();
  event.stopPropagation();
}
