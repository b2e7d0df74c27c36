"""Live Azure, by the real SDKs, against the stand-in (tests/servers/azure.py): what is seen, and what is not."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.commands import tfaudit
from tests.servers.azure import CLIENT, SUBSCRIPTION, TENANT, Answer, Azure
from tests.servers.azure import azure as running
from tests.servers.azure_resources import API_VERSIONS
from tests.sources.live.azure_run import (
    EVERY,
    OF_CODE_ONLY,
    TEMPLATES,
    Looking,
    Verdicts,
    gaps,
    outcomes,
    run,
    signed_in,
    verdicts,
)
from tfaudit import scan
from tfaudit.errors import UnreachableError, UsageError
from tfaudit.model.resources import Resource
from tfaudit.model.result import ScanResult
from tfaudit.pipeline.options import Options
from tfaudit.policies.load import PolicySet
from tfaudit.policies.select import Choice, in_force
from tfaudit.services.needs_azure import Needs
from tfaudit.sources.live.azure import connect
from tfaudit.sources.live.azure.session import AzureTarget

OTHER_TENANT = "44444444-4444-4444-4444-444444444444"
OTHER = "55555555-5555-5555-5555-555555555555"
EXAMPLES = Path(__file__).parents[2] / "policies"
_LARGE = "role-binding-not-privileged-at-large-scope"
FIREWALL = "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules"
STORAGE = "Microsoft.Storage/storageAccounts"


@pytest.fixture
def azure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Azure]:
    """A stand-in with nothing in it, and a sign-in to it."""
    with running(tmp_path) as state:
        signed_in(state, monkeypatch)
        yield state


@pytest.fixture
def sound(azure: Azure) -> Azure:
    azure.deploy(TEMPLATES / "sound")
    return azure


@pytest.fixture
def faulty(azure: Azure) -> Azure:
    azure.deploy(TEMPLATES / "faulty")
    return azure


def by_name(report: dict[str, Any]) -> dict[tuple[str, str, str], str]:
    """How each policy came out, by kind and name: of code, the group and so the key of some is not known."""
    return {
        (each["policy"], each["asset"]["kind"], each["asset"]["name"]): each["outcome"]
        for each in report["verdicts"]
        if each["policy"] not in OF_CODE_ONLY
    }


# --- what a subscription is


KINDS = {
    "": {"object_store", "secret_store", "database", "cluster", "node_pool", "encryption_key", "secret"},
    "edge_": {
        "load_balancer",
        "listener",
        "waf_policy",
        "web_app",
        "managed_service",
        "network_firewall",
        "vpn",
        "file_store",
        "database",
        "cache",
        "secret_store",
    },
    "wide_": {
        "database",
        "cache",
        "queue",
        "web_app",
        "firewall_rule",
        "network",
        "subnet",
        "load_balancer",
        "listener",
        "log_store",
    },
    "machines_": {
        "instance",
        "network_interface",
        "public_address",
        "bastion",
        "load_balancer",
        "subnet",
        "block_volume",
    },
}


@pytest.mark.parametrize("kinds", KINDS)
@pytest.mark.parametrize("which", ["sound", "faulty"])
def test_a_template_and_what_it_deploys_get_the_same_verdicts(
    azure: Azure, tmp_path: Path, which: str, kinds: str
) -> None:
    folder = TEMPLATES / f"{kinds}{which}"
    azure.deploy(folder)
    code = by_name(json.loads(tfaudit("scan", folder, "-o", "json", cwd=tmp_path).stdout))
    done = tfaudit(
        "live", "azure", "--endpoint", azure.url, "-o", "json", cwd=tmp_path, environment=azure.environment()
    )
    assert done.returncode in (0, 1), done.stderr
    live = by_name(json.loads(done.stdout))
    told = {each: (how, live[each]) for each, how in code.items() if each in live and how != "unknown"}
    assert {each: how for each, how in told.items() if how[0] != how[1]} == {}
    assert len(told) >= 60
    assert {kind for _, kind, _ in told} >= KINDS[kinds]
    assert any(code == "fail" for code, _ in told.values()) or which == "sound"


_ALIKE = (
    "database-threat-detection",
    "database-vulnerability-scans",
    "file-store-backup",
    "web-app-client-certificates",
    "web-app-http2",
    "web-app-not-public",
    "web-app-outbound-through-network",
    "web-app-publishing-not-public",
    "web-app-rules-refuse-others",
)
"""Policies whose examples in Bicep are deployed: what they ask for is beside a resource, or in a call of its own."""


@pytest.mark.parametrize(
    "example",
    [
        each
        for policy in _ALIKE
        for each in sorted((EXAMPLES / policy).glob("*.bicep"))
        if not each.name.startswith("unknown")
    ],
    ids=lambda example: f"{example.parent.name}-{example.stem}",
)
def test_an_example_is_judged_alike_once_it_is_deployed(azure: Azure, tmp_path: Path, example: Path) -> None:
    (policy,) = (each for each in EVERY if each.id == example.parent.name)
    (tmp_path / "main.bicep").write_bytes(example.read_bytes())
    azure.deploy(tmp_path)

    code = scan(tmp_path, Options(PolicySet([policy])))
    live = Looking(azure, [policy]).look()

    def told(result: ScanResult) -> dict[str, str]:
        return {each.asset.name: each.outcome.value for each in result.verdicts}

    assert told(code)
    assert told(code).items() <= told(live).items()


@pytest.mark.parametrize("kinds", KINDS)
def test_nothing_is_asked_for_where_it_cannot_be(azure: Azure, kinds: str) -> None:
    """A type is asked for below its own parent: else the stand-in says that it is not there."""
    azure.deploy(TEMPLATES / f"{kinds}sound")
    assert gaps(Looking(azure).look()) == []


def test_every_fault_is_found_and_named_by_its_property(faulty: Azure) -> None:
    found = {
        (each.policy.id, each.asset.name): str(each.places[0])
        for each in run(faulty).verdicts
        if each.outcome.value == "fail"
    }
    assert found["object-store-requires-tls", "orders"] == (
        f"Microsoft.ResourceGraph/resources {SUBSCRIPTION} orders properties.supportsHttpsTrafficOnly"
    )
    assert found["database-requires-tls", "orders-db"].startswith(
        "Microsoft.DBforPostgreSQL/flexibleServers/configurations"
    )
    assert ("secret-store-purge-protection", "orders-kv") in found
    assert found["object-store-not-public", "invoices"] == (
        f"Microsoft.Storage/storageAccounts/blobServices/containers {SUBSCRIPTION} orders/default/invoices"
        " properties.publicAccess"
    )
    assert ("cluster-api-not-public", "orders-aks") in found


def test_the_way_of_the_internet_to_a_machine_is_told(azure: Azure) -> None:
    azure.deploy(TEMPLATES / "machines_faulty")
    ways = {
        each.asset.name: each.asset.settings["network.reachable_by"]
        for each in run(azure).verdicts
        if each.policy.id == "instance-no-reachable-admin-port" and each.outcome.value == "fail"
    }
    assert {name: getattr(way, "value", None) for name, way in ways.items()} == {
        "web": [
            "the internet > public address own > interface web, allowed by rule web of web and rule ssh of web: 22, 443"
        ],
        "fleet": [
            (
                "the internet > public address own > rule in of load balancer front > interface first,"
                " allowed by rule ssh of web: 22"
            )
        ],
    }


def test_the_way_through_a_firewall_a_gateway_and_front_door_is_told(azure: Azure) -> None:
    azure.deploy(TEMPLATES / "ways")
    found = {
        (each.policy.id, each.asset.name): each
        for each in run(azure).verdicts
        if each.policy.id in ("instance-no-reachable-admin-port", "published-through-waf")
    }
    assert {
        key: each.outcome.value for key, each in found.items() if each.outcome.value != "not_applicable"
    } == {
        ("instance-no-reachable-admin-port", "m"): "fail",
        ("published-through-waf", "m"): "fail",
        ("published-through-waf", "a"): "fail",
    }
    machine = found["instance-no-reachable-admin-port", "m"].asset.settings
    app = found["published-through-waf", "a"].asset.settings
    assert getattr(machine["network.reachable_by"], "value", None) == [
        "the internet > public address p > firewall f > rule ssh of nat > interface i: 22"
    ]
    assert getattr(app["network.published_by"], "value", None) == [
        "the internet > Front Door endpoint e > route r > origin o > a",
        "the internet > public address p > application gateway gw > listener l > rule r > pool apps > a",
    ]


@pytest.mark.parametrize("denied", ["azureFirewalls", "applicationGateways"])
def test_where_what_leads_on_may_not_be_read_the_way_is_not_known(azure: Azure, denied: str) -> None:
    azure.deploy(TEMPLATES / "machines_sound")
    azure.roles = [(f"/subscriptions/{SUBSCRIPTION}", ["*/read"], [f"Microsoft.Network/{denied}/read"])]
    policy = {
        "azureFirewalls": "instance-no-reachable-admin-port",
        "applicationGateways": "published-through-waf",
    }
    told = {each.outcome.value for each in run(azure).verdicts if each.policy.id == policy[denied]}
    assert "unknown" in told
    assert "pass" not in told


def test_where_security_groups_may_not_be_read_the_way_is_not_known(azure: Azure) -> None:
    azure.deploy(TEMPLATES / "machines_faulty")
    azure.roles = [
        (f"/subscriptions/{SUBSCRIPTION}", ["*/read"], ["Microsoft.Network/networkSecurityGroups/read"])
    ]
    told = {
        each.asset.name: each.outcome.value
        for each in run(azure).verdicts
        if each.policy.id == "instance-no-reachable-admin-port" and each.asset.kind == "instance"
    }
    assert told["web"] == told["fleet"] == "unknown"


def test_a_custom_role_that_allows_all_is_found_and_azure_s_own_are_not(azure: Azure) -> None:
    scope = f"/subscriptions/{SUBSCRIPTION}"
    definitions = f"{scope}/providers/Microsoft.Authorization/roleDefinitions"
    everything = {"permissions": [{"actions": ["*"], "notActions": []}], "assignableScopes": [scope]}
    owner = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
    reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7"
    reads = {"permissions": [{"actions": ["*/read"]}], "assignableScopes": ["/"], "type": "BuiltInRole"}
    azure.store.put(
        f"{definitions}/own", {"properties": {**everything, "roleName": "ours", "type": "CustomRole"}}
    )
    built_in = "/providers/Microsoft.Authorization/roleDefinitions"
    azure.store.put(
        f"{built_in}/{owner}", {"properties": {**everything, "roleName": "Owner", "type": "BuiltInRole"}}
    )
    azure.store.put(f"{built_in}/{reader}", {"properties": {**reads, "roleName": "Reader"}})
    for name, role in (("one", owner), ("two", reader)):
        properties = {"roleDefinitionId": f"{definitions}/{role}", "principalId": "p", "scope": scope}
        azure.store.put(
            f"{scope}/providers/Microsoft.Authorization/roleAssignments/{name}", {"properties": properties}
        )
    of_directory = "role-binding-no-privileged-guest"  # whether a holder is a guest, the directory tells
    roles = [each for each in EVERY if {"role", "role_binding"} & set(each.kinds) and each.id != of_directory]
    result = run(azure, policies=roles)
    assert {each.asset.name for each in result.verdicts if each.asset.kind == "role"} == {"ours"}
    admin = {each.asset.name: each.outcome.value for each in result.verdicts if each.policy.id == _LARGE}
    assert admin["two"] == "pass"
    assert "fail" in {each.outcome.value for each in result.verdicts if each.asset.name == "one"}
    assert outcomes(result)["unknown"] == 0


# --- what is not reported


def test_roles_that_somebody_may_activate_and_those_that_end_are_told_from_those_that_do_not(
    azure: Azure,
) -> None:
    authorization = f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Authorization"
    owner = f"{authorization}/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
    scope = f"/subscriptions/{SUBSCRIPTION}"
    for name, end in (("always", None), ("until", "2026-12-24T00:00:00Z")):
        given = {"scope": scope, "roleDefinitionId": owner, "principalId": name, "principalType": "User"}
        azure.store.put(f"{authorization}/roleAssignments/{name}", {"properties": given})
        told = {**given, "assignmentType": "Assigned", **({"endDateTime": end} if end else {})}
        azure.store.put(f"{authorization}/roleAssignmentSchedules/{name}", {"properties": told})
    given = {"scope": scope, "roleDefinitionId": owner, "principalId": "may", "principalType": "User"}
    azure.store.put(f"{authorization}/roleEligibilitySchedules/may", {"properties": given})
    asking = [each for each in EVERY if each.id == "role-binding-privileged-not-standing"]
    found = {
        address.rpartition("/")[2]: how for (_, address), how in verdicts(run(azure, policies=asking)).items()
    }
    assert found == {"always": "fail", "until": "pass", "may": "pass"}


def test_rules_of_sentinel_are_asked_for_where_a_workspace_is_under_it(azure: Azure) -> None:
    group = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-app/providers"
    asking = [each for each in EVERY if each.id.startswith("siem-")]
    for name in ("watched", "silent", "plain"):
        workspace = f"{group}/Microsoft.OperationalInsights/workspaces/{name}"
        azure.store.put(workspace, {"properties": {"retentionInDays": 90}})
        if name == "plain":
            continue
        solution = f"{group}/Microsoft.OperationsManagement/solutions/SecurityInsights({name})"
        told = {
            "plan": {"product": "OMSGallery/SecurityInsights"},
            "properties": {"workspaceResourceId": workspace},
        }
        azure.store.put(solution, told)
        on = {"kind": "Scheduled", "properties": {"enabled": name == "watched"}}
        azure.store.put(f"{workspace}/providers/Microsoft.SecurityInsights/alertRules/brute-force", on)
    result = run(azure, policies=asking)
    found = {(each.policy.id, each.asset.name): each.outcome.value for each in result.verdicts}
    assert found == {
        ("siem-has-rules", "watched"): "pass",
        ("siem-has-rules", "silent"): "fail",
        ("siem-gets-data", "watched"): "fail",
        ("siem-gets-data", "silent"): "fail",
    }
    assert gaps(result) == []
    assert azure.calls.count("Microsoft.SecurityInsights/alertRules") == 2


def test_a_list_that_is_denied_is_one_gap_and_one_unknown(faulty: Azure) -> None:
    before = verdicts(run(faulty))
    faulty.roles[0][2].append(f"{FIREWALL}/read")
    result = run(faulty)
    [gap] = gaps(result)
    assert gap == f"{FIREWALL} {SUBSCRIPTION}: {CLIENT} may not call it, of orders-db; grant {FIREWALL}/read"
    changed = {
        policy: how
        for (policy, address), how in changes(before, verdicts(result)).items()
        if "everyone" not in address
    }
    assert changed == {"database-firewall-not-open": "unknown"}


def test_what_the_graph_may_leave_out_is_told_with_the_missing_action(sound: Azure) -> None:
    sound.roles[:] = [
        (f"/subscriptions/{SUBSCRIPTION}", ["*/read"], ["Microsoft.KeyVault/vaults/read"]),
        (f"/subscriptions/{SUBSCRIPTION}/resourceGroups/another", ["*/read"], []),
    ]
    result = run(sound)
    assert "secret_store" not in {each.asset.kind for each in result.verdicts}
    [gap] = [each for each in result.unread if "vaults/read" in each.settle_with]
    assert gap.settle_with == "grant Microsoft.KeyVault/vaults/read at the subscription"
    assert "what Resource Graph leaves out is not known" in gap.because


def changes(before: Verdicts, after: Verdicts) -> Verdicts:
    """What came out otherwise than `before`; `(gone)` for what has no verdict any more."""
    return {each: after.get(each, "(gone)") for each, how in before.items() if after.get(each) != how} | {
        each: how for each, how in after.items() if each not in before
    }


def page_for_people(_: Answer) -> Answer:
    return 200, {"Content-Type": "text/html"}, b"<!DOCTYPE html><html><body>Please log in</body></html>"


def denied(_: Answer) -> Answer:
    return 403, {}, json.dumps({"error": {"code": "AuthorizationFailed", "message": "not allowed"}}).encode()


def cut(answer: Answer) -> Answer:
    return answer[0], answer[1], answer[2][: len(answer[2]) * 2 // 3]


def empty(answer: Answer) -> Answer:
    return 200, answer[1], b""


def hollow(answer: Answer) -> Answer:
    return 200, answer[1], b"{}"


def broken(_: Answer) -> Answer:
    return 500, {}, b'{"error": {"code": "InternalServerError", "message": "try again"}}'


FAULTS: list[Callable[[Answer], Answer]] = [denied, hollow, cut, page_for_people, empty, broken]
LISTS_OF_SUBSCRIPTIONS = "Microsoft.Resources/subscriptions"


@pytest.mark.parametrize("which", ["sound", "faulty", "wide_sound", "wide_faulty"])
def test_whatever_one_kind_of_call_answers_no_verdict_becomes_another_than_unknown(
    azure: Azure, which: str
) -> None:
    azure.deploy(TEMPLATES / which)
    looking = Looking(azure)
    before = verdicts(looking.look())
    kinds = sorted(set(azure.calls) - {LISTS_OF_SUBSCRIPTIONS})
    assert before == verdicts(run(azure))
    assert len(kinds) >= 9
    faults = FAULTS[:2] if which.startswith("wide") else FAULTS
    tried = 0
    for kind in kinds:
        for fault in faults:
            azure.disturbed = {kind: fault}
            result = looking.look()
            wrong = {
                each: (before.get(each), how)
                for each, how in changes(before, verdicts(result)).items()
                if how not in ("unknown", "(gone)")
            }
            assert wrong == {}, (kind, fault.__name__)
            assert result.unread, (kind, fault.__name__)
            tried += 1
    assert tried == len(kinds) * len(faults)


def test_a_resource_without_properties_is_not_judged_by_defaults(sound: Azure) -> None:
    def hollowed(answer: Answer) -> Answer:
        told = json.loads(answer[2])
        rows = [{**each, "properties": {}} for each in told["data"]]
        return 200, answer[1], json.dumps({**told, "data": rows}).encode()

    sound.disturbed = {"Microsoft.ResourceGraph/resources": hollowed}
    result = run(sound)
    assert result.verdicts == []
    assert any("nothing is reported of how it is set up, of " in each for each in gaps(result))


def test_a_page_that_leads_elsewhere_is_not_followed(sound: Azure) -> None:
    def elsewhere(answer: Answer) -> Answer:
        told = json.loads(answer[2])
        return 200, answer[1], json.dumps({**told, "nextLink": "https://127.0.0.1:1/steal"}).encode()

    sound.disturbed = {FIREWALL: elsewhere}
    assert any("its next page is said to be somewhere else" in each for each in gaps(run(sound)))


def test_pages_that_do_not_end_are_one_gap(sound: Azure) -> None:
    def again(answer: Answer) -> Answer:
        told = json.loads(answer[2])
        return 200, answer[1], json.dumps({**told, "$skipToken": "token-0-3"}).encode()

    sound.disturbed = {"Microsoft.ResourceGraph/resources": again}
    assert any("its pages do not end" in each for each in gaps(run(sound)))


def test_rows_that_the_graph_counts_and_does_not_tell_are_missed(sound: Azure) -> None:
    def fewer(answer: Answer) -> Answer:
        told = json.loads(answer[2])
        return 200, answer[1], json.dumps({**told, "totalRecords": told["totalRecords"] + 2}).encode()

    sound.disturbed = {"Microsoft.ResourceGraph/resources": fewer}
    assert any("Resource Graph reported" in each for each in gaps(run(sound)))


# --- how it is asked


def test_a_custom_role_of_what_is_printed_is_enough_and_each_action_of_it_is_needed(
    sound: Azure, tmp_path: Path
) -> None:
    done = tfaudit("permissions", "azure", "--subscription", SUBSCRIPTION, cwd=tmp_path)
    role = json.loads(done.stdout)
    default = list(in_force(Choice()).policies)
    assert role["AssignableScopes"] == [f"/subscriptions/{SUBSCRIPTION}"]
    sound.roles[:] = [(f"/subscriptions/{SUBSCRIPTION}", list(role["Actions"]), [])]
    whole = run(sound, policies=default)
    before = verdicts(whole)
    assert gaps(whole) == []
    looking = Looking(sound, default)
    asked = {f"{each}/read".lower() for each in sound.calls}
    for action in role["Actions"]:
        if action.lower() not in asked or action.endswith(("subscriptions/read", "resources/read")):
            continue
        sound.roles[:] = [
            (f"/subscriptions/{SUBSCRIPTION}", [each for each in role["Actions"] if each != action], [])
        ]
        result = looking.look()
        assert any(action.lower() in each.lower() for each in gaps(result)), action
        assert set(changes(before, verdicts(result)).values()) <= {"unknown", "(gone)"}, action


def test_only_what_the_chosen_policies_need_is_asked_for(sound: Azure) -> None:
    run(sound, policies=[each for each in EVERY if each.id == "object-store-requires-tls"])
    assert set(sound.calls) == {
        "Microsoft.Resources/subscriptions",
        "Microsoft.Authorization/permissions",
        "Microsoft.ResourceGraph/resources",
        "Microsoft.Storage/storageAccounts/blobServices",
        "Microsoft.Storage/storageAccounts/blobServices/containers",
    }


SIGN_IN = "Microsoft.Web/sites/config"


def test_who_has_to_sign_in_to_an_app_is_asked_where_a_policy_needs_it(azure: Azure) -> None:
    azure.deploy(TEMPLATES / "wide_sound")
    run(azure, policies=[each for each in EVERY if each.id == "web-app-https-only"])
    without = azure.calls.count(SIGN_IN)
    asking = [each for each in EVERY if each.id == "web-app-authentication"]
    found = {name: how for (_, name), how in verdicts(run(azure, policies=asking)).items()}
    assert azure.calls.count(SIGN_IN) - without == without + 1
    assert {name.rpartition("/")[2]: how for name, how in found.items()} == {
        "shopfront": "pass",
        "next": "fail",
    }


def test_without_the_right_to_it_the_sign_in_of_an_app_is_not_known(azure: Azure) -> None:
    azure.deploy(TEMPLATES / "wide_sound")
    azure.roles[:] = [(f"/subscriptions/{SUBSCRIPTION}", ["*/read"], [f"{SIGN_IN}/read"])]
    asking = [each for each in EVERY if each.id == "web-app-authentication"]
    found = run(azure, policies=asking)
    assert {name.rpartition("/")[2]: how for (_, name), how in verdicts(found).items()} == {
        "shopfront": "unknown",
        "next": "fail",
    }
    assert any(f"{SIGN_IN}/read" in each for each in gaps(found))


@pytest.mark.parametrize("which", ["sound", "wide_faulty", "machines_faulty"])
def test_a_policy_alone_says_what_it_says_among_all(azure: Azure, which: str) -> None:
    azure.deploy(TEMPLATES / which)
    together = verdicts(run(azure))
    ids = {each[0] for each in together}
    chosen = [each for each in EVERY if each.id in ids][::4]
    assert len(chosen) >= 10
    for policy in chosen:
        alone = verdicts(Looking(azure, [policy]).look())
        assert alone == {each: how for each, how in together.items() if each[0] == policy.id}, policy.id


def test_a_throttled_call_waits_as_long_as_it_is_asked_to(sound: Azure) -> None:
    sound.throttle[FIREWALL] = [1]
    started = time.monotonic()
    assert gaps(run(sound, attempts=3)) == []
    assert time.monotonic() - started >= 1


def test_a_wait_that_is_longer_than_a_call_may_take_is_not_waited(sound: Azure) -> None:
    sound.throttle[FIREWALL] = [86_400]
    started = time.monotonic()
    [gap] = gaps(run(sound, attempts=3))
    assert time.monotonic() - started < 30
    assert gap.endswith(
        "it was throttled: Azure asks to wait 86,400 seconds, longer than a call may take, of orders-db;"
        " repeat the scan with fewer --threads"
    )


def test_a_quota_of_the_graph_that_is_used_up_is_waited_for(sound: Azure) -> None:
    sound.quota = 2
    started = time.monotonic()
    assert gaps(run(sound)) == []
    assert time.monotonic() - started >= 1


# --- whose it is, and where


def test_a_token_that_ends_in_the_middle_ends_the_asking(sound: Azure) -> None:
    def ends(answer: Answer) -> Answer:
        return 401, {}, b'{"error": {"code": "ExpiredAuthenticationToken", "message": "it has ended"}}'

    before = verdicts(run(sound))
    asked = "Microsoft.Storage/storageAccounts/blobServices"
    sound.disturbed = {asked: ends}
    sound.requests.clear()
    result = run(sound, threads=1)
    assert sound.calls[-1] == asked
    told = [each for each in gaps(result) if "the token has expired" in each]
    assert told
    assert all(each.endswith("log in again and repeat the scan") for each in told)
    assert set(changes(before, verdicts(result)).values()) == {"unknown", "(gone)"}


def test_without_a_sign_in_it_says_how_to_get_one(azure: Azure, tmp_path: Path) -> None:
    without = {name: value for name, value in azure.environment().items() if "CLIENT_SECRET" not in name}
    done = tfaudit("live", "azure", "--endpoint", azure.url, cwd=tmp_path, environment=without)
    assert done.returncode == 3
    assert done.stderr.strip().startswith("tfaudit: Azure: no sign-in is found; sign in with `az login`")
    assert "Traceback" not in done.stderr


def test_an_empty_secret_is_refused_with_a_sentence(azure: Azure, tmp_path: Path) -> None:
    empty_one = {**azure.environment(), "AZURE_CLIENT_SECRET": ""}
    done = tfaudit("live", "azure", "--endpoint", azure.url, cwd=tmp_path, environment=empty_one)
    assert done.returncode == 3
    assert "client secret" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_secret_is_refused_without_being_shown(azure: Azure, tmp_path: Path) -> None:
    wrong = {**azure.environment(), "AZURE_CLIENT_SECRET": "super-secret-value"}
    done = tfaudit("live", "azure", "--endpoint", azure.url, cwd=tmp_path, environment=wrong)
    assert done.returncode == 3
    assert "AADSTS7000215" in done.stderr
    assert "super-secret-value" not in done.stderr


def test_a_disabled_subscription_is_named_and_not_looked_at(sound: Azure) -> None:
    sound.add_subscription(OTHER, TENANT, "Disabled")
    result = run(sound)
    [gap] = gaps(result)
    assert gap.startswith(f"Microsoft.Resources/subscriptions {OTHER}: ")
    assert gap.endswith(
        "is disabled, so nothing in it is looked at; enable it, or name others with --subscription"
    )
    assert result.verdicts


def test_a_subscription_of_another_tenant_says_which(sound: Azure) -> None:
    sound.add_subscription(OTHER, OTHER_TENANT)
    [gap] = gaps(run(sound, subscriptions=(OTHER,)))
    assert gap.endswith(f"name its tenant with --tenant ({OTHER_TENANT})")


def test_a_subscription_that_is_not_there(azure: Azure) -> None:
    [gap] = gaps(run(azure, subscriptions=(OTHER,)))
    assert "there is no such subscription, or the sign-in may not see it" in gap


def test_several_tenants_in_one_run_have_a_statement_each(sound: Azure) -> None:
    sound.add_subscription(OTHER, OTHER_TENANT)
    sound.deploy(TEMPLATES / "faulty", subscription=OTHER)
    result = run(sound, tenants=(TENANT, OTHER_TENANT))
    assert [each.target for each in result.coverage] == [f"azure:{SUBSCRIPTION}", f"azure:{OTHER}"]
    assert all(each.listed and each.listed == each.whole for each in result.coverage)
    assert {each.asset.resource.scope for each in result.verdicts} == {
        f"azure:{SUBSCRIPTION}",
        f"azure:{OTHER}",
    }


def test_a_management_group_has_the_subscriptions_below_it(sound: Azure) -> None:
    sound.add_subscription(OTHER, TENANT)
    sound.groups["platform"] = [SUBSCRIPTION]
    assert [each.target for each in run(sound, management_groups=("platform",)).coverage] == [
        f"azure:{SUBSCRIPTION}"
    ]
    with pytest.raises(
        UsageError, match=r"--management-group nowhere: the call is not allowed; grant Microsoft.Management"
    ):
        run(sound, management_groups=("nowhere",))


def test_nobody_at_the_endpoint(sound: Azure) -> None:
    port = int(sound.url.rpartition(":")[2])
    sound.url = f"https://127.0.0.1:{port + 1 if port < 65_000 else port - 1}"
    with pytest.raises(UnreachableError, match=r"check the network, the proxy, and --endpoint|sign"):
        run(sound)


def test_a_token_is_not_sent_without_tls(azure: Azure) -> None:
    authority, azure.url = azure.url, azure.url.replace("https", "http")
    with pytest.raises(UsageError, match="does not begin with https://"):
        run(azure, authority=authority)


def test_thousands_of_resources_take_few_calls_beyond_those_for_each(azure: Azure) -> None:
    azure.page = 1_000
    group = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-app/providers"
    for number in range(2_500):
        body = {"properties": {"securityRules": []}, "location": "westeurope"}
        azure.store.put(f"{group}/Microsoft.Network/networkSecurityGroups/nsg-{number}", body)
    result = run(azure)
    assert gaps(result) == []
    assert len({each.asset.address for each in result.verdicts}) == 2_500 + 1  # and the subscription
    assert len(azure.calls) <= 60


def test_a_version_is_asked_of_the_provider_where_none_is_stated(azure: Azure) -> None:
    azure.deploy(TEMPLATES / "sound")
    child = "microsoft.made.up/parents/children"
    group = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-app/providers"
    azure.store.put(f"{group}/Microsoft.Made.Up/parents/one", {"properties": {"a": 1}})
    azure.store.put(f"{group}/Microsoft.Made.Up/parents/one/children/two", {"properties": {"a": 1}})
    API_VERSIONS[child] = ("2020-01-01", "2021-01-01-preview", "2019-01-01")
    try:
        needs = Needs(
            frozenset({"microsoft.made.up/parents"}), {"microsoft.made.up/parents": frozenset({child})}, {}
        )
        found = list(connect(AzureTarget(endpoint=azure.url, authority=azure.url)).collect(needs))
    finally:
        del API_VERSIONS[child]
    children = [each for each in found if isinstance(each, Resource) and each.type == child]
    assert [each.body["apiVersion"] for each in children] == ["2020-01-01"]
    assert "Microsoft.Resources/providers" in azure.calls


@pytest.mark.parametrize(
    "row",
    [
        {"id": "", "type": STORAGE, "properties": {}},
        {"id": 7, "type": STORAGE, "properties": {}},
        {"id": "/x", "type": "Microsoft.Made/up", "properties": {}},
        {"id": "/x", "type": STORAGE, "properties": []},
        {"id": "/x", "type": STORAGE},
        "a text",
        None,
    ],
)
def test_a_row_that_is_not_one_is_a_gap(azure: Azure, row: Any) -> None:
    def with_row(answer: Answer) -> Answer:
        told = json.loads(answer[2])
        return 200, answer[1], json.dumps({**told, "data": [row], "totalRecords": 1}).encode()

    azure.disturbed = {"Microsoft.ResourceGraph/resources": with_row}
    [gap] = set(gaps(run(azure)))
    assert "a row has no id, type and properties" in gap


@pytest.mark.parametrize(
    "properties",
    [
        {"networkAcls": [[]], "encryption": "x", "minimumTlsVersion": {"a": []}, "publicNetworkAccess": 3},
        {
            "networkAcls": {"ipRules": {"value": None}, "defaultAction": ["Deny"]},
            "allowBlobPublicAccess": "maybe",
        },
        {"a": {"b": "c" * 100_000}, "supportsHttpsTrafficOnly": []},
    ],
)
def test_properties_of_other_types_than_azure_s_end_no_scan_and_pass_nothing_that_they_are_of(
    azure: Azure, properties: dict[str, Any]
) -> None:
    group = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-app/providers"
    azure.store.put(
        f"{group}/{STORAGE}/odd", {"properties": properties, "kind": ["x"], "tags": ["y"], "sku": "z"}
    )
    result = run(azure)
    assert [each for each in gaps(result) if "defect" in each] == []
    judged = {each.policy.id: each.outcome.value for each in result.verdicts if each.asset.name == "odd"}
    assert judged
    if "supportsHttpsTrafficOnly" in properties:
        assert judged["object-store-requires-tls"] == "unknown"


def test_an_answer_that_is_nested_too_deep_is_a_gap(sound: Azure) -> None:
    deep = b'{"value":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    sound.disturbed = {FIREWALL: lambda _: (200, {}, deep)}
    [gap] = gaps(run(sound))
    assert "is not Azure's form" in gap


def test_reports_and_bundles_hold_several_subscriptions(sound: Azure, tmp_path: Path) -> None:
    sound.add_subscription(OTHER, TENANT)
    outputs = ("text", "json=j.json", "html=h.html", "sarif=s.sarif", "markdown=m.md", "bundle=b.zip")
    chosen = [part for each in outputs for part in ("-o", each)]
    done = tfaudit(
        "live", "azure", "--endpoint", sound.url, *chosen, cwd=tmp_path, environment=sound.environment()
    )
    assert done.returncode in (0, 1), done.stderr
    assert f"looked at azure:{OTHER}" in done.stdout
    assert [each["target"] for each in json.loads((tmp_path / "j.json").read_text())["coverage"]] == [
        f"azure:{SUBSCRIPTION}",
        f"azure:{OTHER}",
    ]
    assert (tmp_path / "b.zip").stat().st_size
