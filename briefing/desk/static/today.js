// Today: the page that the server made, made new while somebody looks at it.

import { $ } from "./dom.js";

const EVERY = 30_000;

async function renew() {
  if (document.hidden || $("dialog[open]")) return;
  try {
    const response = await fetch(location.href, { credentials: "same-origin", signal: AbortSignal.timeout(10_000) });
    if (!response.ok || response.redirected) return;
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("editions");
    const inside = $("#editions").contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    $("#editions").replaceWith(document.adoptNode(fresh));
    if (inside) $(`#editions a[href="${CSS.escape(inside)}"]`)?.focus();
    $("#stale").hidden = true;
  } catch {
    $("#stale").hidden = false;
  }
}

setInterval(renew, EVERY);
document.addEventListener("visibilitychange", renew);
