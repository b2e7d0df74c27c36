"""What few engines of databases have a setting for, as facts of all others."""

from __future__ import annotations

from tfaudit.reading.fact import Facts, inapplicable

SELDOM: Facts = {
    "logs.sessions": inapplicable("its engine has no setting for whether its log says who comes and goes"),
    "logs.checkpoints": inapplicable("its engine has no setting for whether its log has checkpoints"),
    "connections.throttled": inapplicable("it has no setting that slows down whoever fails to sign in"),
    "keys_change_structure": inapplicable("it has no keys of its own"),
    "tamper_evident": inapplicable("it has no ledger that shows whether rows were changed afterwards"),
}
