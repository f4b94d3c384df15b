"""Which network addresses a source may be fetched from: public ones, and no others unless its configuration says so.

A feed or a page may name any address, and names may resolve to any: the machine itself, its neighbours, the metadata
service of a cloud. The check is of the address that is then connected to, so that a name cannot change its mind
in between (DNS rebinding). IPv4 addresses inside IPv6 ones (RFC 4291, RFC 6052, RFC 3056, RFC 4380) count as
themselves.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64: Final = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))
_REFUSED: Final = tuple(
    map(
        ipaddress.ip_network,
        (
            "0.0.0.0/8",
            "100.64.0.0/10",
            "192.0.0.0/24",
            "192.88.99.0/24",
            "198.18.0.0/15",
            # Alibaba's and Oracle's metadata services stand in space that is shared or unassigned.
            "100.100.100.200/32",
            "::/96",
            "fec0::/10",
        ),
    )
)


_METADATA: Final = (ipaddress.IPv4Address("100.100.100.200"), ipaddress.IPv6Address("fd00:ec2::254"))


def is_public(text: str) -> bool:
    """Return whether an IP address, as text, is one of the public internet; false for what is no address."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return all(map(_is_public, (address, *_inside(address))))


def is_no_metadata(text: str) -> bool:
    """Return whether an address of the newsroom's own network may be fetched: never a link-local one.

    Link-local addresses are those of clouds' metadata services (RFC 3927, RFC 4291), which hand out credentials.
    """
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return not any(
        candidate.is_link_local or candidate in _METADATA for candidate in (address, *_inside(address))
    )


def _is_public(address: Address) -> bool:
    if not address.is_global or address.is_multicast or (address.is_reserved and not _inside_any(address)):
        return False
    return not any(address in network for network in _REFUSED if network.version == address.version)


def _inside_any(address: Address) -> bool:
    return next(_inside(address), None) is not None


def _inside(address: Address) -> Iterator[ipaddress.IPv4Address]:
    """The IPv4 addresses that an IPv6 address stands for."""
    if isinstance(address, ipaddress.IPv4Address):
        return
    if address.ipv4_mapped:
        yield address.ipv4_mapped
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield from address.teredo
    if any(address in network for network in _NAT64):
        yield ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
