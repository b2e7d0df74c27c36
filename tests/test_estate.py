"""The example estate: the sound variant meets every policy, the faulty one has the planted faults and no other.

A planted fault is a comment on the very line that a person would mend: `# planted: <policy>, <policy>`; what must stay
unknown is marked `# unknown: <policy>`.
"""

from __future__ import annotations

import re
import zipfile
from functools import cache
from pathlib import Path

import pytest

from tests.commands import tfaudit
from tfaudit.model.result import ScanResult
from tfaudit.model.verdicts import Outcome, Verdict
from tfaudit.pipeline.files import scan
from tfaudit.pipeline.options import Options
from tfaudit.policies.select import Choice, available, in_force

ESTATE = Path(__file__).parents[1] / "examples" / "estate"
PROVIDERS = ("terraform/aws", "terraform/azure", "arm", "bicep", "cloudformation", "kubernetes")

# What nothing in code can show: only the live account, or a person, tells these.
NOT_PASSED = {
    **dict.fromkeys(
        (
            "backup-vault-two-people",
            "database-ledger",
            "object-store-second-region",
            "registry-own-data-endpoints",
            "registry-second-region",
        ),
        "the default profile leaves it out",
    ),
    "database-keys-change-no-structure": "the estate has no Cosmos DB",
    "managed-service-own-network": "the estate has no service for analysis or learning",
    **{f"queue-key-{what}": "the estate's queues take no keys" for what in ("for-one-queue", "not-manage")},
    "database-firewall-not-open": "it is asked of public servers, which database-not-public refuses",
    "account-attack-paths-sent": "Terraform has no word for it, and the estate's subscription is Terraform's part",
    "access-key-rotated": "code does not tell how old a key is",
    "identity-mfa": "a second factor is registered by its owner",
    "root-mfa": "the root user stands in no code",
    "root-no-access-keys": "the root user stands in no code",
    "certificate-not-near-expiry": "code does not tell when a certificate ends",
    "identity-in-use": "code does not tell who used an account",
    "sign-in-locks-out": "rules of the directory stand in no code",
    "remote-shell-ends-idle-sessions": "the estate states no preferences of Session Manager",
    "account-few-owners": "owners are counted in the live subscription",
    "identity-guest-not-admin": "users of the directory stand in no code",
    "identity-no-expired-credentials": "applications of the directory stand in no code",
    "role-binding-privileged-not-standing": "roles of the directory stand in no code",
    **dict.fromkeys(
        (
            "account-agent-provisioned",
            "audit-trail-data-events",
            "container-image-registry",
            "container-probes",
            "database-ends-idle-sessions",
            "instance-extensions-approved",
            "log-retention-limit",
            "object-store-locked",
            "object-store-mfa-delete",
            "password-expires",
            "role-trusts-known-accounts",
            "store-classified",
            "store-has-owner",
            "trail-store-locked",
            "workload-replicas",
        ),
        "only an organisation can tell, or it fits some assets alone: the default profile leaves it out",
    ),
    **{
        f"control-plane-{what}": "the estate's clusters are managed: nobody sees their control plane"
        for what in (
            "admission",
            "authorization",
            "client-certificates",
            "encryption-provider",
            "local-address",
            "no-anonymous",
            "no-profiling",
            "no-static-tokens",
            "own-certificate",
            "own-credentials",
            "verifies-kubelets",
        )
    },
    **dict.fromkeys(
        (
            "account-agent-provisioned",
            "account-few-owners",
            "identity-guest-not-admin",
            "identity-no-expired-credentials",
            "role-binding-privileged-not-standing",
        ),
        "the estate ends below its subscriptions and its directory: who governs these declares them elsewhere",
    ),
    **{
        f"{engine}-version-supported": "the estate's databases are PostgreSQL"
        for engine in ("mysql", "mariadb")
    },
    **{
        f"database-{what}": "they are those of Azure SQL, and the estate's databases are PostgreSQL"
        for what in ("audit-retention", "long-term-backups", "threat-detection", "vulnerability-scans")
    },
    **{
        f"file-store-{what}": "the estate has no file shares of Azure's"
        for what in ("smb-ciphers", "smb-versions", "soft-delete")
    },
    **{
        f"network-firewall-{what}": "the estate has no Azure Firewall"
        for what in ("intrusion-prevention", "logs", "no-allow-all", "threat-intelligence")
    },
    **{
        f"vpn-{what}": "the estate has no VPN gateway"
        for what in (
            "directory-sign-in",
            "gateway-tier",
            "ike-version",
            "shared-key-not-inline",
            "strong-ciphers",
        )
    },
    **{
        f"object-store-{what}": "the estate's accounts take no shared keys"
        for what in ("key-reminder", "sas-expires")
    },
    "object-store-encrypted-twice": "the default profile leaves it out",
    **dict.fromkeys(
        (
            "database-no-passwords",
            "web-app-client-certificates",
            "web-app-http2",
            "web-app-not-public",
            "web-app-publishing-not-public",
        ),
        "the default profile leaves it out",
    ),
    "web-app-runtime-supported": "the estate's app states no version of a language",
    "managed-service-logs-sent": "the default profile leaves it out",
    **{
        f"managed-service-{what}": "the estate has no service for analysis or search"
        for what in ("outbound-restricted", "replicas", "scratch-encrypted")
    },
    **{f"siem-{what}": "the estate's workspace is not under Sentinel" for what in ("has-rules", "gets-data")},
    **{
        f"backend-{what}": "the estate's gateways pass on to what they are given by the platform"
        for what in ("certificate-checked", "encrypted")
    },
    **{
        f"api-{what}": "the estate has no API Management"
        for what in ("key-scope-limited", "product-approved")
    },
    "dns-zone-signed": "the estate has no public zone of names",
    "dedicated-line-encrypted": "the estate has no line of its own to the cloud",
    "policy-exemption-ends": "the estate is exempt from nothing",
    "route-table-not-straight-out": "the estate's networks have no routes of their own",
    **{
        f"stored-variable-{what}": "the estate has no automation account"
        for what in ("encrypted", "no-inline-secrets")
    },
}
_SHOWN_IN_FAULTY = {
    "database-firewall-not-open",
    "object-store-key-reminder",
    "object-store-sas-expires",
    "queue-key-for-one-queue",
    "queue-key-not-manage",
}
NOT_PLANTED = {
    **{id_: reason for id_, reason in NOT_PASSED.items() if id_ not in _SHOWN_IN_FAULTY},
    "network-has-watcher": "Azure makes a watcher by itself, unless a subscription has opted out of that",
    "web-app-cors-restricted": "its app names no origins, as the other estate's",
    **{
        f"waf-policy-{what}": "its policy is as sound as the other estate's, and no gateway uses it"
        for what in ("blocks", "inspects-bodies", "keeps-rules", "managed-rules")
    },
    **{
        f"object-store-{what}": "accounts are made without it, and nobody asks for it here"
        for what in ("no-cross-tenant-copies", "no-local-users", "trusted-services")
    },
    "certificate-validity": "its certificates are made for a year, as the other estate's",
    **{
        f"{what}-customer-managed-key": "it is not even encrypted"
        for what in ("cache", "file-store", "snapshot")
    },
    **dict.fromkeys(
        (
            "account-alerts-on-changes",
            "account-audit-exported",
            "account-detection-integrated",
            "account-has-budget",
            "account-hears-of-outages",
        ),
        "what one root leaves out, another may state: code does not tell that it is missing",
    ),
    "certificate-key-strength": "no provider of the estate issues one that is too short",
    "instance-endpoint-protection": "code does not tell what else installs something",
    "ddos-plan-covers-network": "another root's network may name the plan: code does not tell that none does",
    "load-balancer-waf-blocks": "there is no firewall at all",
    **dict.fromkeys(
        ("cluster-managed-identity", "cluster-password-not-inline"),
        "its clusters sign in by managed identities and roles, and its nodes by keys",
    ),
    "cluster-threat-detection": "a plan of the subscription watches its clusters, as the other estate's",
    **dict.fromkeys(
        ("object-store-not-published", "store-not-published"),
        "its stores are open by themselves, and no gateway or firewall leads to one",
    ),
    "network-flow-log-retention": "there are no flow logs at all",
    "network-flow-logs-analysed": "there are no flow logs at all",
    "private-zone-no-registration": "there are no private endpoints at all",
    "object-store-encrypted": "S3 and Azure Storage encrypt whatever they are told",
}

# The credentials that are written down in the faulty estate.
SECRETS = (
    "Summer-2024-reports",
    "Autumn-2024-directory",
    "Winter-2024-directory",
    "Winter-2024-cache-token",
    "Spring-2024-cache-token",
    "key-3f1c5d7e9b2a4c6d8e0f",
    "portal-2024!",
    "Spring-2024-runner",
)

_MARK = re.compile(r"\b(planted|unknown): ([\w-]+(?:, [\w-]+)*)")

GOOD = (Outcome.PASS, Outcome.NOT_APPLICABLE, Outcome.WAIVED)
Mark = tuple[str, str, int]


@cache
def scanned(variant: str) -> ScanResult:
    """The estate's variant, scanned as `tfaudit scan` would, once."""
    return scan(ESTATE / variant)


def marks(variant: str) -> dict[str, set[Mark]]:
    """What the comments say: policy, file and line, by `planted` and `unknown`."""
    found: dict[str, set[Mark]] = {"planted": set(), "unknown": set()}
    for path in sorted((ESTATE / variant).rglob("*")):
        if path.is_file():
            for number, line in enumerate(path.read_text().splitlines(), 1):
                comment = line.partition(" # ")[2] or line.partition(" // ")[2]
                for word, ids in _MARK.findall(comment):
                    name = path.relative_to(ESTATE / variant).as_posix()
                    found[word] |= {(each, name, number) for each in ids.split(", ")}
    return found


def seen(result: ScanResult, outcome: Outcome) -> set[Mark]:
    return {
        (verdict.policy.id, verdict.places[0].origin, verdict.places[0].line)
        for verdict in result.verdicts
        if verdict.outcome is outcome
    }


def told(verdict: Verdict) -> str:
    return f"{verdict.outcome}: {verdict.policy.id} {verdict.asset.address}: {verdict.because}"


@pytest.mark.parametrize("variant", ["sound", "faulty"])
def test_everything_is_read(variant: str) -> None:
    assert [str(gap.place) + ": " + gap.because for gap in scanned(variant).unread] == []


def test_the_sound_estate_meets_every_policy() -> None:
    assert [told(each) for each in scanned("sound").verdicts if each.outcome not in GOOD] == []


@pytest.mark.parametrize("profile", ["cloud-template", "collaborator-api", "company-directory"])
def test_the_sound_estate_meets_what_the_reference_documents_ask_for(profile: str) -> None:
    judged = scan(ESTATE / "sound", Options(in_force(Choice(profile))))
    assert [told(each) for each in judged.verdicts if each.outcome not in GOOD] == []


def test_tls_1_3_everywhere_is_more_than_the_sound_estate_has() -> None:
    judged = scan(ESTATE / "sound", Options(in_force(Choice("terrafusion"))))
    assert {each.policy.id for each in judged.verdicts if each.outcome not in GOOD} == {
        "cache-minimum-tls",
        "database-minimum-tls",
        "gateway-minimum-tls",
        "listener-minimum-tls",
        "object-store-minimum-tls",
        "queue-minimum-tls",
        "web-app-minimum-tls",
    }


def test_what_is_waived_in_the_sound_estate_says_why() -> None:
    waived = {
        verdict.policy.id: verdict.waiver.reason
        for verdict in scanned("sound").verdicts
        if verdict.waiver is not None
    }
    assert waived == {"workload-token-not-mounted": "it lists nodes by the cluster's API"}


def shown(outcome: Outcome, variant: str) -> set[str]:
    return {each.policy.id for each in scanned(variant).verdicts if each.outcome is outcome}


@pytest.mark.parametrize(
    ("outcome", "variant", "left_out"),
    [(Outcome.PASS, "sound", NOT_PASSED), (Outcome.FAIL, "faulty", NOT_PLANTED)],
)
def test_every_policy_is_shown(outcome: Outcome, variant: str, left_out: dict[str, str]) -> None:
    every = {each.id for each in available()}
    missing = every - shown(outcome, variant)
    assert missing == set(left_out), "each is shown here, or it is said why it cannot be"


def test_the_faulty_estate_has_the_planted_faults_and_no_other() -> None:
    assert seen(scanned("faulty"), Outcome.FAIL) == marks("faulty")["planted"]


def test_what_cannot_be_told_of_the_faulty_estate_is_marked_and_nothing_else_is_unknown() -> None:
    assert seen(scanned("faulty"), Outcome.UNKNOWN) == marks("faulty")["unknown"]


def test_what_an_unknown_asks_for_settles_it() -> None:
    asked = {each.settle_with for each in scanned("faulty").verdicts if each.outcome is Outcome.UNKNOWN}
    assert asked == {
        "pass --var-file, or scan the plan",
        "pass --parameter DocumentsVersioning=...",
        "pass --parameter oldestTlsOfLogs=...",
        "look at the group in Entra ID",
        "scan where it is, or the live cluster",
        "scan the live account",
        "scan the live subscription",
    }
    given = Options(
        in_force(Choice()),
        variables=(("reports_backup_days", "35"), ("oldest_tls_of_logs", "TLS1_2")),
        parameters=(("DocumentsVersioning", "Enabled"), ("oldestTlsOfLogs", "TLS1_2")),
    )
    left = [each for each in scan(ESTATE / "faulty", given).verdicts if each.outcome is Outcome.UNKNOWN]
    assert {each.policy.id for each in left} == {
        "access-key-rotated",
        "account-alerts-on-changes",
        "account-audit-exported",
        "account-detection-integrated",
        "account-hears-of-outages",
        "ddos-plan-covers-network",
        "identity-in-use",
        "role-binding-no-cluster-admin",
        "role-binding-no-privileged-guest",
    }


# What has no type in ARM, is named by its author alone there, or is another file's part of the estate.
ONLY_IN_TERRAFORM = {
    "account",
    "alert_rule",
    "backup_plan",
    "bastion",
    "block_volume",
    "budget",
    "certificate",
    "identity",
    "instance",
    "network_interface",
    "policy_assignment",
    "public_address",
    "role_binding",
}


# Of what azurerm has no word for.
NOT_STATED_IN_TERRAFORM = {"object-store-key-reminder"}


@pytest.mark.parametrize("language", ["arm", "bicep"])
@pytest.mark.parametrize("variant", ["sound", "faulty"])
def test_what_is_spelled_in_terraform_arm_and_bicep_is_judged_alike(variant: str, language: str) -> None:
    def of(folder: str) -> dict[tuple[str, str, str], Outcome]:
        return {
            (each.policy.id, each.asset.kind, each.asset.name): each.outcome
            for each in scanned(variant).verdicts
            if each.asset.place.origin.startswith(f"{folder}/")
        }

    terraform, other = of("terraform/azure"), of(language)
    only = {key for key in terraform.keys() ^ other.keys() if key[1] not in ONLY_IN_TERRAFORM}
    both = terraform.keys() & other.keys()

    assert only == set()
    assert len(both) > 190
    differ = {key: (terraform[key], other[key]) for key in both if terraform[key] is not other[key]}
    assert {key[0] for key in differ} <= NOT_STATED_IN_TERRAFORM, differ


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_provider_shows_faults_of_several_families(provider: str) -> None:
    family = {each.id: each.family for each in available()}
    planted = {family[id_] for id_, name, _ in marks("faulty")["planted"] if name.startswith(provider)}
    of_kubernetes = {"encryption_in_transit", "least_privilege", "network_isolation"}
    assert planted >= (of_kubernetes if provider == "kubernetes" else set(family.values()))


def test_no_secret_of_the_faulty_estate_reaches_an_output(tmp_path: Path) -> None:
    formats = ("text", "json", "sarif", "junit", "markdown", "html", "bundle")
    outputs = [word for each in formats for word in ("-o", f"{each}={tmp_path / each}")]

    done = tfaudit("scan", ESTATE / "faulty", "--all", *outputs, cwd=tmp_path)

    assert done.returncode == 1, done.stderr
    shown = {each: (tmp_path / each).read_bytes() for each in formats[:-1]}
    with zipfile.ZipFile(tmp_path / "bundle") as bundle:
        shown |= {f"bundle: {each}": bundle.read(each) for each in bundle.namelist()}
    code = b"".join(path.read_bytes() for path in (ESTATE / "faulty").rglob("*") if path.is_file())
    assert [each for each in SECRETS if each.encode() not in code] == []
    leaks = [(name, each) for name, text in shown.items() for each in SECRETS if each.encode() in text]
    assert leaks == []


def test_both_variants_in_one_scan_are_judged_each_by_itself() -> None:
    together = scan(ESTATE)
    for variant in ("sound", "faulty"):
        alone = {told(each) for each in scanned(variant).verdicts}
        here = (each for each in together.verdicts if each.asset.place.origin.startswith(f"{variant}/"))
        assert {told(each) for each in here} == alone


def test_the_sound_estate_has_no_marks() -> None:
    assert marks("sound") == {"planted": set(), "unknown": set()}
