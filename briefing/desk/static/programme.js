// The whole programme before it goes out: one player, with chapters, cues and the picture leading to their seconds.

import { $, $$, data } from "./dom.js";
import { deeds, follow } from "./deeds.js";

const page = data("page");
const audio = $("audio");
const cues = $$("[data-start]");
const picture = $("#picture");

const place = (element) => Number(element.dataset.start) / 1000;

document.addEventListener("click", (event) => {
  const wanted = event.target.closest("[data-start]");
  if (!wanted || !audio) return;
  audio.currentTime = place(wanted);
  audio.play();
});

audio?.addEventListener("timeupdate", () => {
  const spoken = $$(".cue").findLast((cue) => place(cue) <= audio.currentTime);
  for (const cue of cues) cue.classList.toggle("now", cue === spoken);
  $("#needle").style.left = `${100 * (page.left + (1 - page.left - page.right) * (audio.currentTime / page.seconds))}%`;
});

picture?.addEventListener("click", (event) => {
  const box = picture.getBoundingClientRect();
  const share = ((event.clientX - box.left) / box.width - page.left) / (1 - page.left - page.right);
  audio.currentTime = Math.min(Math.max(0, share), 1) * page.seconds;
  audio.play();
});

addEventListener("keydown", (event) => {
  if (!audio || event.target.matches("input, textarea, button, audio, a") || event.ctrlKey || event.metaKey) return;
  const by = { ArrowLeft: -5, ArrowRight: 5 }[event.key];
  if (by) audio.currentTime += by;
  else if (event.key === " ") audio.paused ? audio.play() : audio.pause();
  else return;
  event.preventDefault();
});

deeds($("#deeds"), page);
follow(page, {
  standing: (now) => (now.stage !== page.stage || now.revision !== page.revision) && location.reload(),
  ended: () => location.reload(),
});
