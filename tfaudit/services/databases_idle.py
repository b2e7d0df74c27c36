"""How long an idle session lasts, for databases of which it is not read or cannot be said."""

from __future__ import annotations

from tfaudit.model.resources import Unresolved
from tfaudit.reading.fact import Fact, inapplicable

NOT_READ = Fact(
    constant=Unresolved("how long a session may stay idle is not read here", "look at its parameters")
)
NO_SESSIONS = inapplicable("it has no setting that ends idle sessions: clients and their pools do")
