// Elements from values: what is put on the page is always text, never markup.

const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  play: { solid: "M8 5.2v13.6L19 12z" },
  pause: { solid: "M7 5h3.6v14H7zM13.4 5H17v14h-3.6z" },
  stop: { solid: "M6.5 6.5h11v11h-11z" },
  grip: { dots: "M9 6v.01M15 6v.01M9 12v.01M15 12v.01M9 18v.01M15 18v.01" },
  more: { dots: "M5 12v.01M12 12v.01M19 12v.01" },
  undo: { line: "M9 7 4 12l5 5M4 12h10a6 6 0 0 1 6 6" },
  redo: { line: "m15 7 5 5-5 5M20 12H10a6 6 0 0 0-6 6" },
  close: { line: "M6 6l12 12M18 6 6 18" },
  add: { line: "M12 5v14M5 12h14" },
  next: { solid: "M6 5.5v13L15 12zM16 5.5h2.4v13H16z" },
};

/** An element: `h("button", {class: "main", onclick: f}, "保存")`; a property that is null or false is left out. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && name !== "list" && name !== "form") setProperty(element, name, value);
    else element.setAttribute(name === "class" ? "class" : name, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

function setProperty(element, name, value) {
  if (name === "dataset") Object.assign(element.dataset, value);
  else if (name === "style") throw new Error("no inline style: the page's policy forbids it");
  else element[name] = value;
}

/** One of the page's own drawings. */
export function icon(name) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("aria-hidden", "true");
  for (const [kind, path] of Object.entries(ICONS[name])) {
    const stroke = document.createElementNS(SVG, "path");
    stroke.setAttribute("class", kind);
    stroke.setAttribute("d", path);
    drawing.append(stroke);
  }
  return drawing;
}

/** A button with a drawing and a name that is read out and shown on hover. */
export function iconButton(name, label, onclick, properties = {}) {
  return h("button", { type: "button", title: label, ariaLabel: label, onclick, ...properties, class: `square plain ${properties.class ?? ""}` }, icon(name));
}

/** What the server wrote into the page as data. */
export function data(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

export const $ = (selector, root = document) => root.querySelector(selector);
export const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

/** Put a floating thing beside an element, inside the window. */
export function beside(element, anchor) {
  const box = anchor.getBoundingClientRect();
  const [width, height] = [element.offsetWidth, element.offsetHeight];
  const left = Math.min(Math.max(8, box.left), innerWidth - width - 8);
  const below = box.bottom + 6;
  const top = below + height > innerHeight - 8 ? Math.max(8, box.top - height - 6) : below;
  element.style.left = `${left}px`;
  element.style.top = `${top}px`;
}

/** Run `f` once it has been quiet for so many milliseconds; `.now()` runs it at once if it waits. */
export function quiet(f, milliseconds) {
  let timer = 0;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(later.now, milliseconds);
  };
  later.now = () => {
    if (!timer) return;
    clearTimeout(timer);
    timer = 0;
    f();
  };
  later.drop = () => {
    clearTimeout(timer);
    timer = 0;
  };
  return later;
}

/** Tell whoever listens instead of looking; `urgent` interrupts. */
export function tell(text) {
  const place = document.getElementById("told");
  place.textContent = "";
  requestAnimationFrame(() => (place.textContent = text));
}

/** A line at the bottom that goes by itself, or stays while it offers something to do. */
export function toast(text, { action = null, label = "", kind = "" } = {}) {
  const line = h("div", { class: `toast ${kind}`, role: kind === "stop" ? "alert" : "status" }, h("span", {}, text));
  if (action) line.append(h("button", { type: "button", onclick: () => (line.remove(), action()) }, label));
  document.getElementById("toasts").replaceChildren(line);
  setTimeout(() => line.remove(), action || kind === "stop" ? 12000 : 5000);
}

/** 5:07 */
export function clock(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
