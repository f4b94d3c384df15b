"""Addresses of clouds' metadata services are never fetched, not even by a private source."""

from __future__ import annotations

import pytest

from briefing.net import address_guard


@pytest.mark.parametrize(
    "address", ["169.254.169.254", "fe80::1", "::ffff:169.254.169.254", "100.100.100.200", "fd00:ec2::254"]
)
def test_link_local_addresses_are_refused_to_private_sources_too(address: str) -> None:
    """They hand out credentials."""
    assert not address_guard.is_no_metadata(address)


@pytest.mark.parametrize("address", ["192.168.1.7", "10.0.0.2", "127.0.0.1", "fd12::1", "93.184.216.34"])
def test_a_newsroom_s_own_network_is_open_to_private_sources(address: str) -> None:
    """Where the configuration says so."""
    assert address_guard.is_no_metadata(address)
