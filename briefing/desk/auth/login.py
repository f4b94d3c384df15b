"""In and out: the login page, signing in, signing out, and another password."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from briefing.desk import security
from briefing.desk.auth import access, sessions, user_accounts
from briefing.desk.auth.access import DEVICE_COOKIE, LOGIN_COOKIE, SESSION_COOKIE, newsroom_of
from briefing.desk.auth.sessions import Caller
from briefing.desk.problems import ProblemDetails
from briefing.desk.templating import render_page
from briefing.errors import AccountError, LoginRefused, LoginThrottled

if TYPE_CHECKING:
    from briefing.editions.newsroom import Newsroom

router = APIRouter(prefix="/desk", include_in_schema=False)

LOGIN = "/desk/login"

DEVICE_HOURS = 24.0 * 365
"""Hours for which a browser proves that it signed somebody in."""

Person = Annotated[Caller, Depends(access.signed_in_person)]


@router.get("/login")
def show_login(request: Request, next: str = "") -> Response:  # noqa: A002 - the name in the address
    """The login page, or the page that was wanted for who is signed in already."""
    if access.identify_caller(request, tokens=False):
        return RedirectResponse(security.local_address(next), 303)
    return _login_form(request, next)


@router.post("/login")
async def sign_in(
    request: Request,
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "",  # noqa: A002 - the name of the field
) -> Response:
    """Sign in, with a session that is new whatever cookies came along."""
    newsroom = newsroom_of(request)
    try:
        await access.check_own_page(request, sessions.csrf_proof(_login_secret(newsroom, request)))
    except ProblemDetails:
        return await run_in_threadpool(
            _login_form, request, next, name, "这个页面放得太久了，请再试一次。", 403
        )
    return await run_in_threadpool(_begin_session, request, name, password, next)


def _begin_session(request: Request, name: str, password: str, wanted: str) -> Response:
    newsroom = newsroom_of(request)
    try:
        secret = sessions.log_in(newsroom, name, password, _attempt(newsroom, request))
    except LoginThrottled as error:
        access.log_deed(request, "", "login throttled")
        return _with_retry_after(_login_form(request, wanted, name, _wait_sentence(error), 429), error)
    except LoginRefused:
        access.log_deed(request, "", "login refused")
        return _login_form(request, wanted, name, "名字和密码不相符。", 401)
    if caller := sessions.caller_of_session(newsroom, secret):
        access.log_deed(request, caller.name, "login")
    if old := request.cookies.get(security.cookie_name(newsroom, SESSION_COOKIE)):
        sessions.log_out(newsroom, old)
    response = RedirectResponse(security.local_address(wanted), 303)
    security.set_cookie(newsroom, response, SESSION_COOKIE, secret)
    _remember_device(newsroom, response, name)
    security.drop_cookie(newsroom, response, LOGIN_COOKIE)
    return response


@router.post("/logout")
def sign_out(request: Request, who: Person, everywhere: Annotated[str, Form()] = "") -> Response:
    """Sign out here, or on every device."""
    newsroom = newsroom_of(request)
    if everywhere:
        newsroom.store.accounts.close_sessions(who.name)
    newsroom.store.accounts.close_session(who.session)
    access.log_deed(request, who.name, "logout everywhere" if everywhere else "logout")
    response = RedirectResponse(LOGIN, 303)
    security.drop_cookie(newsroom, response, SESSION_COOKIE)
    return response


@router.get("/password")
def show_password(request: Request, who: Person, done: str = "") -> Response:
    """The page on which people change their own password."""
    return render_page(request, "password.html", who=who, here="password", done=done)


@router.post("/password")
def change_password(
    request: Request,
    who: Person,
    old: Annotated[str, Form()] = "",
    new: Annotated[str, Form()] = "",
    again: Annotated[str, Form()] = "",
) -> Response:
    """Change one's own password: every other session ends, and this one goes on with a new secret."""
    newsroom = newsroom_of(request)

    def refused(trouble: str, status: int = 422) -> Response:
        return render_page(request, "password.html", status=status, who=who, here="password", trouble=trouble)

    if new != again:
        return refused("两次写的新密码不一样。")
    try:
        # Without the proof of the device: whoever has taken the session has it too, and would get three times the guesses.
        attempt = sessions.Attempt(access.caller_address(request))
        secret = sessions.change_password(newsroom, who, old, new, attempt)
    except LoginThrottled as error:
        access.log_deed(request, who.name, "password throttled")
        return _with_retry_after(refused(_wait_sentence(error), 429), error)
    except LoginRefused:
        access.log_deed(request, who.name, "password refused")
        return refused("现在的密码不对。")
    except AccountError:
        return refused(
            f"新密码要有{user_accounts.MIN_PASSWORD_CHARS}到{user_accounts.MAX_PASSWORD_CHARS}个字符，比如四个不相干的词。"
        )
    access.log_deed(request, who.name, "password")
    response = RedirectResponse("/desk/password?done=1", 303)
    security.set_cookie(newsroom, response, SESSION_COOKIE, secret)
    _remember_device(newsroom, response, who.name)
    return response


def _attempt(newsroom: Newsroom, request: Request) -> sessions.Attempt:
    """Return where a password is tried from."""
    device = request.cookies.get(security.cookie_name(newsroom, DEVICE_COOKIE), "")
    return sessions.Attempt(access.caller_address(request), device)


def _remember_device(newsroom: Newsroom, response: Response, name: str) -> None:
    """Let this browser prove later that it signed this person in, whatever strangers do to the name meanwhile."""
    proof = sessions.device_proof(newsroom, name)
    security.set_cookie(newsroom, response, DEVICE_COOKIE, proof, hours=DEVICE_HOURS)


def _wait_sentence(error: LoginThrottled) -> str:
    return f"尝试太多，请在{-(-error.seconds // 60)}分钟后再试。"


def _with_retry_after(answer: Response, error: LoginThrottled) -> Response:
    answer.headers["Retry-After"] = str(error.seconds)
    return answer


def _login_secret(newsroom: Newsroom, request: Request) -> str:
    """The secret of this browser before anybody is signed in; a new one where there is none."""
    return request.cookies.get(security.cookie_name(newsroom, LOGIN_COOKIE), "") or secrets.token_urlsafe(32)


def _login_form(
    request: Request, wanted: str, name: str = "", trouble: str = "", status: int = 200
) -> Response:
    newsroom = newsroom_of(request)
    door = _login_secret(newsroom, request)
    response = render_page(
        request,
        "login.html",
        status=status,
        csrf=sessions.csrf_proof(door),
        next=security.local_address(wanted),
        name=name,
        trouble=trouble,
        nobody=not newsroom.store.accounts.list_accounts(),
    )
    security.set_cookie(newsroom, response, LOGIN_COOKIE, door)
    return response
