"""What holds for a whole account of a provider, and the rules that a provider holds resources to."""

from __future__ import annotations

from collections.abc import Mapping

from tfaudit.model.vocabulary.types import Settings

KINDS: Mapping[str, Settings] = {
    "account": {  # of AWS an account, of Azure a subscription
        "threat_detection.off": "list",  # the plans that are off
        "threat_detection.automatic": "bool",
        "threat_detection.integrations_off": "list",  # sources of findings beside the plans that are off
        "security_contact.email": "bool",
        "security_contact.alerts": "bool",
        "security_contact.attack_paths": "bool",  # ways of attack that detection finds are sent, too
        "security_contact.owners": "bool",
        "alerts.missing": "list",  # operations on which nobody is alerted
        "alerts.service_health": "bool",  # somebody hears of outages of the provider's
        "audit.exported": "bool",
        "owners": "int",
        "budget": "bool",
        "policy.baseline": "bool",  # the provider's own security benchmark is assigned
    },
    "policy_assignment": {
        "enforced": "bool",
        "scope": "str",  # resource, resource_group, subscription, management_group
    },
    "policy_exemption": {
        "expires": "bool",  # whether it ends by itself
    },
    "budget": {
        "limit": "number",
        "receivers": "list",
        "scope": "str",  # subscription, resource_group, management_group
    },
}
