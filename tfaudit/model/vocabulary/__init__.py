"""Kinds and settings: every word that a policy may use, with the type of its value; a module for each family of kinds.

A word stands here when a service reads it. Add one together with the service that does, and the policy that asks for
it.
"""

from __future__ import annotations

from collections.abc import Mapping

from tfaudit.model.vocabulary import access, governance, keys, networks, records, recovery, stores, workloads
from tfaudit.model.vocabulary.types import Settings, SettingType

KINDS: Mapping[str, Settings] = {
    **stores.KINDS,
    **keys.KINDS,
    **networks.KINDS,
    **workloads.KINDS,
    **access.KINDS,
    **records.KINDS,
    **governance.KINDS,
    **recovery.KINDS,
}
"""Every kind, with its settings."""


def setting_type(kind: str, setting: str) -> SettingType | None:
    """Return the type of `setting` of `kind`, or None where the vocabulary has no such word."""
    return KINDS.get(kind, {}).get(setting)
