"""Which servers in front are believed when they say who asks."""

from __future__ import annotations

import pytest

from briefing.config.meaning import _desk_problems
from briefing.config.tables import Desk


@pytest.mark.parametrize(
    ("proxy", "trusted"),
    [
        (False, ()),
        (True, ("127.0.0.1", "::1")),
        (["172.18.0.0/16", "10.0.0.7"], ("172.18.0.0/16", "10.0.0.7")),
    ],
)
def test_a_proxy_is_this_machine_or_is_named(proxy: object, trusted: tuple[str, ...]) -> None:
    """Addresses and networks as the file has them, for nginx, Caddy and containers."""
    desk = Desk.model_validate({"proxy": proxy})
    assert (desk.trusted_proxies, _desk_problems(desk)) == (trusted, [])


@pytest.mark.parametrize("wrong", ["*", "nginx", "172.18.0.1/16", "10.0.0.7:80"])
def test_what_is_no_network_is_refused(wrong: str) -> None:
    """A name that cannot be believed would be believed by nobody; a star would let everybody say who asks."""
    (problem,) = _desk_problems(Desk(proxy=(wrong,)))
    assert problem.startswith(f"`desk.proxy` has {wrong!r}")
