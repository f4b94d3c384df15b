// Time stamps move the player on the page, and the sentence that is spoken is marked.
// Without this file the stamps open the sound at their moment, and nothing else is missing.
"use strict";

const player = document.querySelector("audio");
const sentences = [...document.querySelectorAll("[data-from]")];

function mark() {
  const now = player.currentTime;
  for (const sentence of sentences) {
    const spoken = !player.paused && Number(sentence.dataset.from) <= now && now < Number(sentence.dataset.to);
    sentence.classList.toggle("spoken", spoken);
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

if (player) {
  document.addEventListener("click", move);
  for (const name of ["timeupdate", "pause", "seeked"]) {
    player.addEventListener(name, mark);
  }
}
