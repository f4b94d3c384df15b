// Moving segments: by pointer on the handle, by keys on the handle.

import { $$ } from "./dom.js";

const EDGE = 90;

/**
 * Let segments be dragged inside `list`. `moved(id, index)` is told where one is to stand among the others.
 * Pointer events serve mouse, pen and finger alike; near the window's edge the page goes along.
 */
export function draggable(list, moved) {
  list.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest(".handle");
    if (!handle || handle.disabled || event.button !== 0) return;
    const segment = handle.closest(".segment");
    const start = event.clientY;
    let [dragging, index, last] = [false, -1, start];
    handle.setPointerCapture(event.pointerId);

    const others = () => $$(".segment", list).filter((one) => one !== segment);
    const clear = () => $$(".target, .target-after", list).forEach((one) => one.classList.remove("target", "target-after"));
    const place = () => {
      clear();
      const rest = others();
      index = rest.findIndex((one) => last < middle(one));
      if (index >= 0) rest[index].classList.add("target");
      else rest.at(-1)?.classList.add("target-after");
      if (index < 0) index = rest.length;
    };
    const follow = () => {
      if (!dragging) return;
      const by = last < EDGE + 60 ? last - EDGE - 60 : last > innerHeight - EDGE ? last - innerHeight + EDGE : 0;
      if (by) {
        scrollBy({ top: by / 5, behavior: "instant" });
        place();
      }
      requestAnimationFrame(follow);
    };
    const onmove = (move) => {
      last = move.clientY;
      if (!dragging && Math.abs(last - start) > 5) {
        dragging = true;
        segment.classList.add("dragged");
        requestAnimationFrame(follow);
      }
      if (dragging) place();
    };
    const over = (drop) => {
      handle.removeEventListener("pointermove", onmove);
      clear();
      segment.classList.remove("dragged");
      const was = dragging;
      dragging = false;
      if (was && drop) moved(segment.dataset.id, index);
    };
    const up = () => (cancel.abort(), over(true));
    const cancel = new AbortController();
    handle.addEventListener("pointermove", onmove);
    handle.addEventListener("pointerup", up, { signal: cancel.signal });
    handle.addEventListener("pointercancel", () => (cancel.abort(), over(false)), { signal: cancel.signal });
    addEventListener("keydown", (key) => key.key === "Escape" && dragging && (cancel.abort(), over(false)), { signal: cancel.signal });
  });
}

function middle(element) {
  const box = element.getBoundingClientRect();
  return box.top + Math.min(box.height / 2, 60);
}
