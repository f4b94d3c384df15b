// Bringing an earlier version back: it becomes the newest one, and nothing is lost.

import { $$, data, toast } from "./dom.js";
import { confirm } from "./ask.js";
import { call } from "./http.js";

const page = data("page");

for (const button of $$("[data-restore]")) {
  button.addEventListener("click", async () => {
    const revision = Number(button.dataset.restore);
    const lines = [`第 ${revision} 版会成为最新的一版，现在的一版仍留在这里。`];
    if (!(await confirm(`恢复第 ${revision} 版？`, lines, "恢复"))) return;
    try {
      await call("POST", `${page.path}/revisions/${revision}/restore`, { base: page.revision });
      location.assign(page.here);
    } catch (error) {
      toast(error.message, { kind: "stop" });
    }
  });
}
