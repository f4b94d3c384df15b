// Time stamps move the player on the page; the sentence that is spoken is marked and, if wanted, kept in sight.
// Without this file the stamps open the sound at their moment, and nothing else is missing.
"use strict";

const player = document.querySelector("audio");
const sentences = [...document.querySelectorAll("[data-from]")];
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const following = document.querySelector("#following");

function spokenAt(now) {
  return sentences.find((one) => Number(one.dataset.from) <= now && now < Number(one.dataset.to));
}

function mark() {
  const spoken = player.paused ? undefined : spokenAt(player.currentTime);
  const marked = document.querySelector(".spoken");
  if (spoken === marked || (!spoken && !marked)) {
    return;
  }
  marked?.classList.remove("spoken");
  marked?.removeAttribute("aria-current");
  spoken?.classList.add("spoken");
  spoken?.setAttribute("aria-current", "true");
  if (spoken && following.checked) {
    spoken.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
  }
}

function move(event) {
  const link = event.target.closest("[data-at]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) {
    return;
  }
  event.preventDefault();
  // Setting the time before the sound is known is remembered by the browser only once it has metadata.
  const start = () => {
    player.currentTime = Number(link.dataset.at);
    player.play();
  };
  if (player.readyState > 0) {
    start();
  } else {
    player.addEventListener("loadedmetadata", start, { once: true });
    player.load();
    player.play();
  }
}

// Who scrolls by themselves reads elsewhere: the page stays with them.
function release() {
  following.checked = false;
}

if (player) {
  document.addEventListener("click", move);
  if (following) {
    following.closest("[hidden]").hidden = false;
    for (const name of ["timeupdate", "play", "pause", "seeked", "ended"]) {
      player.addEventListener(name, mark);
    }
    for (const name of ["wheel", "touchmove"]) {
      document.addEventListener(name, release, { passive: true });
    }
  }
}
