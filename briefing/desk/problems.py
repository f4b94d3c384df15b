"""What went wrong, in one shape (RFC 9457): a title for people, one sentence that says what to do, a status."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from briefing import errors
from briefing.desk.security import HEADERS
from briefing.desk.validation_errors import explain_validation
from briefing.monitoring.chinese_errors import explain_error, explain_text
from feed.errors import FeedError
from voices.errors import VoicesError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import Response

PROBLEM_TYPE = "application/problem+json"
API_PREFIX = "/desk/api/"

STATUSES: dict[type[Exception], tuple[int, str]] = {
    errors.StaleRevision: (409, "别人已经改过这份稿子"),
    errors.EditionBusy: (409, "这一期正由定时任务、命令行或别人处理，请等它做完"),
    errors.NothingToSay: (409, "没有可播的新闻"),
    errors.StageError: (409, "现在不能这样做"),
    errors.ScriptError: (422, "稿子不能这样写"),
    errors.LexiconError: (422, "读音不能这样写"),
    errors.SourceError: (422, "稿件不能用"),
    errors.LoginThrottled: (429, "登录尝试太多"),
    errors.LoginRefused: (401, "登录失败"),
    errors.AccountError: (422, "账户不能这样改"),
    errors.BriefingError: (500, "没有做成"),
    VoicesError: (503, "语音合成失败"),
    FeedError: (503, "发布失败"),
}
"""Our errors: the first kind that fits gives status and title."""

TITLES = {
    400: "请求有误",
    401: "请先登录",
    403: "没有权限",
    404: "没有这个地址",
    405: "不能这样请求",
    409: "现在不能这样做",
    413: "内容太长",
    422: "内容有误",
    429: "请求太多",
}


SENTENCES = {
    400: "这个请求不对；请刷新页面再试",
    401: "请先登录",
    403: "您的角色不能做这件事；请找主编",
    404: "没有这个地址，可能已被移走；请回到今天",
    405: "这个地址不能这样请求",
    409: "现在不能这样做；请刷新页面看它到了哪一步",
    413: "内容太长；请分开送",
    422: "内容有误；请看过再送",
    429: "请求太多；请过一会儿再试",
    500: "服务器出错了；请告诉管理员，详情在服务器日志里",
}
"""What a status means where its detail says nothing that is known."""


class NotSignedIn(Exception):  # noqa: N818 - the name is the state of the person
    """Nobody is signed in, and this is not for everybody."""


class ProblemDetails(Exception):  # noqa: N818 - the name is RFC 9457's
    """A refusal: the English `detail` for programs and logs, the Chinese `sentence` for pages.

    `more` are further members of the answer.
    """

    def __init__(
        self,
        status: int,
        detail: str,
        more: Mapping[str, Any] | None = None,
        *,
        title: str = "",
        sentence: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.title = title or TITLES[status]
        self.sentence = sentence or explain_text(detail, SENTENCES.get(status, SENTENCES[400]))
        self.more = more or {}
        self.headers = headers or {}


def make_problem(error: Exception) -> ProblemDetails:
    """Any error as a problem; what nobody foresaw is told without its details."""
    if isinstance(error, ProblemDetails):
        return error
    if isinstance(error, NotSignedIn):
        return ProblemDetails(401, "sign in, or send a token as `Authorization: Bearer …`")
    return _web_problem(error) or _own_problem(error)


def _web_problem(error: Exception) -> ProblemDetails | None:
    """Return what the web framework refuses."""
    if isinstance(error, RequestValidationError):
        return ProblemDetails(422, _first_fault(error), sentence=explain_validation(error.errors()[0]))
    if isinstance(error, HTTPException):
        title = TITLES.get(error.status_code, TITLES[400])
        return ProblemDetails(error.status_code, str(error.detail), title=title, headers=error.headers)
    return None


def _own_problem(error: Exception) -> ProblemDetails:
    """Return what our own rooms refuse."""
    for kind, (status, title) in STATUSES.items():
        if isinstance(error, kind):
            return ProblemDetails(status, str(error), title=title, sentence=explain_error(error))
    return ProblemDetails(500, "the desk made a mistake; see the server's log", title="服务器出错")


def _first_fault(error: RequestValidationError) -> str:
    """The first thing that is wrong with a request, and where."""
    fault = error.errors()[0]
    where = ".".join(map(str, fault["loc"]))
    return f"`{where}`: {fault['msg'][0].lower()}{fault['msg'][1:]}"


def problem_response(found: ProblemDetails) -> Response:
    """A problem as JSON."""
    body = {
        "type": "about:blank",
        "title": found.title,
        "status": found.status,
        "detail": str(found),
        "sentence": found.sentence,
    }
    return JSONResponse(
        {**body, **found.more}, found.status, media_type=PROBLEM_TYPE, headers=problem_headers(found)
    )


def problem_headers(found: ProblemDetails) -> dict[str, str]:
    """The headers of a problem's answer."""
    # A 500 is made outside of every middleware.
    headers = {**HEADERS, "Cache-Control": "no-store", **found.headers}
    if found.status == 401:  # noqa: PLR2004 - RFC 9110 §15.5.2 wants this header with it
        headers["WWW-Authenticate"] = "Bearer"
    return headers
