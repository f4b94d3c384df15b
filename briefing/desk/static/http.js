// Talking to the desk's API: one call, and the three ways in which it can fail.

/** The server said no, and why; `problem` is what it answered. */
export class Refused extends Error {
  constructor(status, problem) {
    super(reason(status, problem));
    this.status = status;
    this.problem = problem;
  }
}

/** Nobody answered: no network, or no server. */
export class Unreachable extends Error {
  constructor() {
    super("连不上服务器");
  }
}

/** Whoever was logged in no longer is. */
export class LoggedOut extends Refused {}

export const root = document.documentElement.dataset.root ?? "/desk";
const token = document.querySelector('meta[name="csrf"]')?.content ?? "";
const PATIENCE = 20_000;

/** Ask the desk; gives the answer's JSON, or the answer itself with `as: "response"`. */
export async function call(method, path, body, { signal, as = "json", patience = PATIENCE } = {}) {
  const limit = AbortSignal.timeout(patience);
  const request = {
    method,
    headers: { accept: "application/json", "x-csrf-token": token, ...(body === undefined ? {} : { "content-type": "application/json" }) },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: signal ? AbortSignal.any([signal, limit]) : limit,
    credentials: "same-origin",
  };
  let response;
  try {
    response = await fetch(`${root}${path}`, request);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Unreachable();
  }
  if (response.ok) return as === "response" ? response : response.status === 204 ? null : response.json();
  const problem = await response.json().catch(() => ({}));
  if (response.status === 401) throw new LoggedOut(401, problem);
  // A proxy without its server says so in the server's place.
  if ([502, 503, 504].includes(response.status) && !problem.detail) throw new Unreachable();
  throw new Refused(response.status, problem);
}

function reason(status, { title, sentence }) {
  if (sentence || title) return sentence || title;
  const known = { 401: "登录已过期，请重新登录", 403: "您的角色不能做这件事", 404: "没有找到，可能已被移走", 409: "现在不能这样做，请刷新页面", 429: "太频繁了，请稍等片刻" };
  return known[status] ?? `服务器没有做成（${status}）`;
}
