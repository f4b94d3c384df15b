"""In and out: the login page, signing in, signing out, and another password."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from briefing.desk import security
from briefing.desk.auth import access, accounts, sessions
from briefing.desk.auth.access import DOOR, SESSION, house_of
from briefing.desk.auth.sessions import Who
from briefing.desk.problems import Problem
from briefing.desk.templating import page
from briefing.errors import AccountError, LoginRefused, LoginThrottled

if TYPE_CHECKING:
    from briefing.editions.newsroom import House

router = APIRouter(prefix="/desk", include_in_schema=False)

LOGIN = "/desk/login"

Person = Annotated[Who, Depends(access.person)]


@router.get("/login")
def login_page(request: Request, next: str = "") -> Response:  # noqa: A002 - the name in the address
    """The login page, or the page that was wanted for who is signed in already."""
    if access.asking(request, tokens=False):
        return RedirectResponse(security.local(next), 303)
    return _form(request, next)


@router.post("/login")
async def login(
    request: Request,
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "",  # noqa: A002 - the name of the field
) -> Response:
    """Sign in, with a session that is new whatever cookies came along."""
    house = house_of(request)
    try:
        await access.our_own(request, sessions.csrf(_door(house, request)))
    except Problem:
        return await run_in_threadpool(_form, request, next, name, "这个页面放得太久了，请再试一次。", 403)
    return await run_in_threadpool(_entered, request, name, password, next)


def _entered(request: Request, name: str, password: str, wanted: str) -> Response:
    house = house_of(request)
    try:
        secret = sessions.log_in(house, name, password, access.address(request))
    except LoginThrottled as error:
        access.note(request, "", "login throttled")
        return _late(_form(request, wanted, name, _wait(error), 429), error)
    except LoginRefused:
        access.note(request, "", "login refused")
        return _form(request, wanted, name, "名字和密码不相符。", 401)
    if found := sessions.of_session(house, secret):
        access.note(request, found.name, "login")
    if old := request.cookies.get(security.cookie(house, SESSION)):
        sessions.log_out(house, old)
    response = RedirectResponse(security.local(wanted), 303)
    security.set_cookie(house, response, SESSION, secret)
    security.drop_cookie(house, response, DOOR)
    return response


@router.post("/logout")
def logout(request: Request, who: Person, everywhere: Annotated[str, Form()] = "") -> Response:
    """Sign out here, or on every device."""
    house = house_of(request)
    if everywhere:
        house.store.close_sessions(who.name)
    house.store.close_session(who.session)
    access.note(request, who.name, "logout everywhere" if everywhere else "logout")
    response = RedirectResponse(LOGIN, 303)
    security.drop_cookie(house, response, SESSION)
    return response


@router.get("/password")
def password_page(request: Request, who: Person, done: str = "") -> Response:
    """The page on which people change their own password."""
    return page(request, "password.html", who=who, here="password", done=done)


@router.post("/password")
def change_password(
    request: Request,
    who: Person,
    old: Annotated[str, Form()] = "",
    new: Annotated[str, Form()] = "",
    again: Annotated[str, Form()] = "",
) -> Response:
    """Change one's own password: every other session ends, and this one goes on with a new secret."""
    house = house_of(request)

    def refused(trouble: str, status: int = 422) -> Response:
        return page(request, "password.html", status=status, who=who, here="password", trouble=trouble)

    if new != again:
        return refused("两次写的新密码不一样。")
    try:
        secret = sessions.change_password(house, who, old, new, access.address(request))
    except LoginThrottled as error:
        access.note(request, who.name, "password throttled")
        return _late(refused(_wait(error), 429), error)
    except LoginRefused:
        access.note(request, who.name, "password refused")
        return refused("现在的密码不对。")
    except AccountError:
        return refused(f"新密码要有{accounts.SHORTEST}到{accounts.LONGEST}个字符，比如四个不相干的词。")
    access.note(request, who.name, "password")
    response = RedirectResponse("/desk/password?done=1", 303)
    security.set_cookie(house, response, SESSION, secret)
    return response


def _wait(error: LoginThrottled) -> str:
    return f"尝试太多，请在{-(-error.seconds // 60)}分钟后再试。"


def _late(answer: Response, error: LoginThrottled) -> Response:
    answer.headers["Retry-After"] = str(error.seconds)
    return answer


def _door(house: House, request: Request) -> str:
    """The secret of this browser before anybody is signed in; a new one where there is none."""
    return request.cookies.get(security.cookie(house, DOOR), "") or secrets.token_urlsafe(32)


def _form(request: Request, wanted: str, name: str = "", trouble: str = "", status: int = 200) -> Response:
    house = house_of(request)
    door = _door(house, request)
    response = page(
        request,
        "login.html",
        status=status,
        csrf=sessions.csrf(door),
        next=security.local(wanted),
        name=name,
        trouble=trouble,
        nobody=not house.store.accounts(),
    )
    security.set_cookie(house, response, DOOR, door)
    return response
