from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.parity import UNKNOWN, from_cloudformation, values
from tfaudit.model.resources import Limits, Reference, Resource, Unread, Unresolved
from tfaudit.sources import cloudformation
from tfaudit.sources.tree.files import InputFile, Tree

HEAD = "AWSTemplateFormatVersion: '2010-09-09'\n"


def read(
    folder: Path, text: str | bytes, name: str = "t.yaml", limits: Limits | None = None, **parameters: str
) -> tuple[dict[str, Resource], list[Unread]]:
    data = text.encode() if isinstance(text, str) else text
    (folder / name).write_bytes(data)
    given = tuple((key.replace("__", "::"), value) for key, value in parameters.items())
    tree = Tree(folder, limits or Limits(), parameters=given)
    found = list(cloudformation.read_tree([InputFile(folder, name, len(data))], tree))
    resources = {each.address: each for each in found if isinstance(each, Resource)}
    return resources, [each for each in found if isinstance(each, Unread)]


def properties(folder: Path, yaml: str, before: str = "", **parameters: str) -> dict[str, Any]:
    """The evaluated properties of one resource that also has a neighbour called `Key`."""
    indented = "\n".join(f"      {line}" for line in yaml.strip("\n").splitlines())
    text = (
        f"{HEAD}{before}Resources:\n  Key:\n    Type: AWS::KMS::Key\n"
        f"  It:\n    Type: AWS::S3::Bucket\n    Properties:\n{indented}\n"
    )
    resources, unread = read(folder, text, "t.yaml", None, **parameters)
    assert unread == []
    return dict(resources["It"].body)


def claimed(folder: Path, name: str, text: str) -> bool:
    (folder / name).write_text(text)
    return cloudformation.claims(InputFile(folder, name, len(text)))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.yaml", HEAD + "Resources: {}"),
        ("a.template", '{"Resources": {"B": {"Type": "AWS::S3::Bucket"}}}'),
        ("a.json", '\ufeff{\n  "AWSTemplateFormatVersion" : "2010-09-09"}'),
        (
            "a.yml",
            "Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n    Type: AWS::Serverless::Function\n",
        ),
        ("a.yaml", "# a comment\nResources:\n  B:\n    Type: 'AWS::S3::Bucket'\n"),
        ("a.yaml", "---\n  AWSTemplateFormatVersion: '2010-09-09'\n  Resources: {}\n"),
        ("a.yaml", "Resources:\n  C:\n    Type: Custom::Thing\n"),
        ("a.yaml", "# a comment\n---\n  Resources:\n    B:\n      Type: AWS::S3::Bucket\n"),
    ],
)
def test_templates_are_claimed_by_name_and_content(tmp_path: Path, name: str, text: str) -> None:
    assert claimed(tmp_path, name, text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", HEAD),
        ("a.yaml", "apiVersion: v1\nkind: ConfigMap\ndata:\n  t: |\n    AWSTemplateFormatVersion: x\n"),
        (
            "plan.json",
            json.dumps({"resource_changes": [{"body": '{"AWSTemplateFormatVersion": "2010-09-09"}'}]}),
        ),
        ("a.yaml", "Resources:\n  - Type: book\n"),
    ],
)
def test_other_files_are_not_claimed(tmp_path: Path, name: str, text: str) -> None:
    assert not claimed(tmp_path, name, text)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", ["t.yaml", "t.json"])
def test_other_encodings_are_read_or_told(tmp_path: Path, encoding: str, name: str) -> None:
    text = (
        '{"Resources": {"A": {"Type": "AWS::SQS::Queue"}}}'
        if name == "t.json"
        else f"{HEAD}Resources: {{A: 1}}\n"
    )
    data = text.encode(encoding)
    (tmp_path / name).write_bytes(data)

    resources, unread = read(tmp_path, data, name)

    assert cloudformation.claims(InputFile(tmp_path, name, len(data)))
    assert len(resources) + len(unread) == 1


def test_a_resource_has_the_line_of_its_logical_id_and_its_properties_their_own(tmp_path: Path) -> None:
    text = (
        "Resources:\n"  # 1
        "  Logs:\n"
        "    Type: AWS::S3::Bucket\n"
        "    DeletionPolicy: Retain\n"
        "    Properties:\n"  # 5
        "      BucketEncryption:\n"
        "        ServerSideEncryptionConfiguration:\n"
        "          - ServerSideEncryptionByDefault:\n"
        "              SSEAlgorithm: aws:kms\n"
    )

    resources, _ = read(tmp_path, text)
    logs = resources["Logs"]

    assert (logs.type, logs.plane, logs.dialect, logs.scope) == (
        "AWS::S3::Bucket",
        "code",
        "cloudformation",
        "t.yaml",
    )
    assert str(logs.place) == "t.yaml:2:3"
    path = (
        "BucketEncryption",
        "ServerSideEncryptionConfiguration",
        0,
        "ServerSideEncryptionByDefault",
        "SSEAlgorithm",
    )
    place = logs.place_of(path)
    assert (place.line, place.column) == (9, 15)
    assert (
        place.at
        == "BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault.SSEAlgorithm"
    )
    assert logs.body["@DeletionPolicy"] == "Retain"
    assert logs.place_of(("@DeletionPolicy",)).line == 4
    assert logs.place_of(("VersioningConfiguration", "Status")).line == 5


def test_json_has_lines_too(tmp_path: Path) -> None:
    text = (
        '{\n  "Resources": {\n    "B": {"Type": "AWS::S3::Bucket",\n'
        '      "Properties": {\n\t"BucketName": "b\\/\\ud83d\\ude00"}}}}'
    )

    resources, unread = read(tmp_path, text, "t.json")

    assert unread == []
    assert resources["B"].body == {"BucketName": "b/\N{GRINNING FACE}"}
    assert resources["B"].place.line == 3
    assert resources["B"].place_of(("BucketName",)).line == 5


PARAMETERS = """
Parameters:
  Days: {Type: Number, Default: 7}
  Name: {Type: String}
  Zones: {Type: CommaDelimitedList, Default: "a, b"}
  Secret: {Type: String, NoEcho: true, Default: hunter2}
  Image: {Type: "AWS::SSM::Parameter::Value<String>", Default: /images/newest}
"""


def test_a_parameter_takes_the_given_value_before_its_default(tmp_path: Path) -> None:
    assert properties(tmp_path, "A: !Ref Days", PARAMETERS)["A"] == 7
    assert properties(tmp_path, "A: !Ref Days", PARAMETERS, Days="35")["A"] == "35"
    assert properties(tmp_path, "A: !Ref Zones", PARAMETERS)["A"] == ["a", "b"]


def test_a_parameter_without_a_value_says_what_would_settle_it(tmp_path: Path) -> None:
    value = properties(tmp_path, "A: !Ref Name", PARAMETERS)["A"]

    assert isinstance(value, Unresolved)
    assert value.because == "the parameter Name has no value here"
    assert value.settle_with == "pass --parameter Name=..."


def test_a_parameter_that_allows_one_value_has_it(tmp_path: Path) -> None:
    before = "Parameters:\n  Size: {Type: String, AllowedValues: [large]}\n"
    assert properties(tmp_path, "A: !Ref Size", before)["A"] == "large"


def test_a_secret_parameter_is_never_shown_but_decides_conditions(tmp_path: Path) -> None:
    before = PARAMETERS + 'Conditions:\n  Given: !Not [!Equals [!Ref Secret, ""]]\n'

    body = properties(tmp_path, "A: !Ref Secret\nB: !If [Given, 1, 2]\nC: !Sub x-${Secret}", before)

    assert "hunter2" not in repr(body)
    assert body["B"] == 1


def test_a_secret_parameter_that_the_user_gives_is_not_known(tmp_path: Path) -> None:
    value = properties(tmp_path, "A: !Ref Secret", PARAMETERS, Secret="hunter2")["A"]

    assert isinstance(value, Unresolved)
    assert "hunter2" not in repr(value)


@pytest.mark.parametrize(
    ("default", "inline"),
    [
        ("Default: hunter2", True),
        ("Default: ''", False),
        ("MinLength: 8", False),
        ("Default: '{{resolve:ssm:x}}'", False),
    ],
)
def test_a_default_of_a_secret_parameter_is_a_literal_in_the_code(default: str, inline: bool) -> None:
    text = HEAD + (
        f"Parameters: {{Password: {{Type: String, NoEcho: true, {default}}}}}\nResources:\n"
        "  D: {Type: 'AWS::RDS::DBInstance', Properties: {Engine: postgres, MasterUserPassword: !Ref Password}}\n"
    )

    (database,) = from_cloudformation(text)

    assert values(database, ["inline_secrets"]) == {"inline_secrets": inline}


def test_a_literal_secret_is_redacted_where_it_is_read(tmp_path: Path) -> None:
    body = properties(
        tmp_path,
        "MasterUserPassword: hunter2\nOther: '{{resolve:secretsmanager:db:SecretString:password}}'\n"
        "Environment: [{Name: DB_PASSWORD, Value: hunter2}]\nUrl: postgres://u:hunter2@db/x",
    )

    assert "hunter2" not in repr(body)
    assert body["MasterUserPassword"]
    assert body["Other"].startswith("{{resolve:")


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("A: !Ref Key", Reference("Key")),
        ("A: {Ref: Key}", Reference("Key")),
        ("A: !GetAtt Key.Arn", Reference("Key", "Arn")),
        ("A: !GetAtt [Key, Endpoint.Address]", Reference("Key", "Endpoint.Address")),
        ("A: !Sub '${Key}'", Reference("Key")),
        ("A: !Sub '${Key.Arn}'", Reference("Key", "Arn")),
        ("A: !Sub '${Days} days of ${!Literal} in ${AWS::Partition}'", "7 days of ${Literal} in aws"),
        ("A: !Sub ['${X}-${Days}', {X: !Select [1, !Ref Zones]}]", "b-7"),
        ("A: !Join ['-', [a, !Ref Days, !Join ['', [b, c]]]]", "a-7-bc"),
        ("A: !Join [',', !Ref Zones]", "a,b"),
        ("A: !Select [0, !Split ['.', x.y]]", "x"),
        ("A: !Base64 hello", "aGVsbG8="),
        ("A: !FindInMap [Sizes, prod, Days]", 35),
        ("A: !FindInMap [Sizes, none, Days, {DefaultValue: 3}]", 3),
        ("A: !Cidr [10.0.0.0/16, 2, 8]", ["10.0.0.0/24", "10.0.1.0/24"]),
        ("A: !Select [1, !Cidr [10.0.0.0/16, 2, 8]]", "10.0.1.0/24"),
        ("A: {'Fn::Length': !Ref Zones}", 2),
        ("A: {'Fn::ToJsonString': {a: !Ref Days}}", '{"a":7}'),
        ("A: !If [IsProd, yes it is, no]", "yes it is"),
        ("A: !If [Both, 1, 2]", 2),
        ("A: !If [Either, 1, 2]", 1),
        ("A: 2012-10-17", "2012-10-17"),
        ("A: {Condition: {Bool: {x: true}}}", {"Condition": {"Bool": {"x": True}}}),
    ],
)
def test_functions(tmp_path: Path, yaml: str, expected: object) -> None:
    before = (
        PARAMETERS + "Mappings:\n  Sizes:\n    prod: {Days: 35}\n"
        "Conditions:\n  IsProd: !Equals [!Ref Days, '7']\n  NotProd: !Not [!Condition IsProd]\n"
        "  Both: !And [!Condition IsProd, !Condition NotProd, !Equals [!Ref Name, x]]\n"
        "  Either: !Or [!Equals [!Ref Name, x], !Condition IsProd]\n"
    )

    assert properties(tmp_path, yaml, before)["A"] == expected


@pytest.mark.parametrize(
    ("yaml", "because", "settle_with"),
    [
        ("A: !Ref AWS::Region", "AWS::Region is known only where", "--parameter AWS::Region"),
        ("A: !Ref Nowhere", "nothing in the template is called Nowhere", "define it"),
        ("A: !ImportValue other-vpc", "exported by another stack as other-vpc", "live account"),
        ("A: !GetAZs ''", "zones of a region", "live account"),
        ("A: !Transform {Name: 'AWS::Include', Parameters: {}}", "macro AWS::Include", "live account"),
        ("A: {'Fn::Unheard': 1}", "does not know the function Fn::Unheard", "live account"),
        ("A: !Sub 'arn:aws:s3:::${Key}/*'", "Key is known only after deployment", "live account"),
        ("A: !If [Unknown, 1, 2]", "condition Unknown is not known: the parameter Name", "--parameter Name="),
        ("A: !If [Loop, 1, 2]", "refers to itself", "mend"),
        ("A: !If [Missing, 1, 2]", "no condition Missing", "define"),
        ("A: !Ref Image", "parameter store as /images/newest", "live account"),
        ("A: !FindInMap [Sizes, none, Days]", "no Sizes.none.Days", "add it"),
        ("A: !Select [7, [a]]", "not there", "mend"),
        ("A: !Cidr [nonsense, 2, 8]", "cannot cut", "mend"),
    ],
)
def test_what_cannot_be_told_says_why(tmp_path: Path, yaml: str, because: str, settle_with: str) -> None:
    before = PARAMETERS + "Conditions:\n  Unknown: !Equals [!Ref Name, x]\n  Loop: !Not [!Condition Loop]\n"

    value = properties(tmp_path, yaml, before)["A"]

    assert isinstance(value, Unresolved)
    assert because in value.because
    assert settle_with in value.settle_with


@pytest.mark.parametrize(
    "function", ["Ref", "Sub", "Join", "Select", "Split", "If", "GetAtt", "FindInMap", "Cidr", "Base64"]
)
@pytest.mark.parametrize(
    "argument", ["~", "1", "[]", "{}", "[[], {}, 1, x]", "[{Ref: Name}]", "{a: 1, b: 2}", "''"]
)
def test_no_argument_of_a_function_crashes(tmp_path: Path, function: str, argument: str) -> None:
    key = function if function == "Ref" else f"Fn::{function}"

    properties(
        tmp_path,
        f"A: {{'{key}': {argument}}}\nB: {{'Fn::Join': ['', [x, {{'{key}': {argument}}}]]}}",
        PARAMETERS,
    )


def test_globals_that_are_not_known_are_left_out(tmp_path: Path) -> None:
    text = "Transform: AWS::Serverless-2016-10-31\nGlobals: {Function: !ImportValue x}\n"
    text += "Resources:\n  F: {Type: 'AWS::Serverless::Function', Properties: {Timeout: 9}}\n"

    assert read(tmp_path, text)[0]["F"].body == {"Timeout": 9}


def test_a_text_that_is_partly_known_keeps_what_is_known(tmp_path: Path) -> None:
    value = properties(tmp_path, "A: !Sub 'arn:${AWS::Partition}:s3:::${Key}/*'")["A"]

    assert value.expression == "arn:aws:s3:::${Key}/*"


def test_a_branch_that_is_the_same_either_way_is_known(tmp_path: Path) -> None:
    before = PARAMETERS + "Conditions:\n  Unknown: !Equals [!Ref Name, x]\n"

    assert properties(tmp_path, "A: !If [Unknown, 1, 1]", before)["A"] == 1


def test_a_given_region_is_known(tmp_path: Path) -> None:
    body = properties(tmp_path, "A: !Sub '${AWS::Partition} ${AWS::Region}'", AWS__Region="cn-north-1")

    assert body["A"] == "aws-cn cn-north-1"


def test_no_value_leaves_the_property_and_the_element_out_and_lines_stay_exact(tmp_path: Path) -> None:
    text = (
        HEAD + "Parameters: {Env: {Type: String, Default: prod}}\n"
        "Conditions: {Prod: !Equals [!Ref Env, prod]}\n"
        "Resources:\n"
        "  B:\n"  # 5
        "    Type: AWS::S3::Bucket\n"
        "    Properties:\n"
        "      Gone: !If [Prod, !Ref AWS::NoValue, x]\n"
        "      Tags:\n"
        "        - !If [Prod, !Ref AWS::NoValue, x]\n"  # 10
        "        - !If\n"
        "          - Prod\n"
        "          - Key: a\n"
        "            Value: b\n"
        "          - Key: c\n"
    )

    bucket = read(tmp_path, text)[0]["B"]

    assert bucket.body == {"Tags": [{"Key": "a", "Value": "b"}]}
    assert bucket.place_of(("Tags", 0, "Value")).line == 14


def test_conditions_decide_which_resources_there_are(tmp_path: Path) -> None:
    text = (
        HEAD + "Parameters: {Env: {Type: String, Default: prod}, Other: {Type: String}}\n"
        "Conditions:\n  Prod: !Equals [!Ref Env, prod]\n"
        "  Dev: !Not [!Condition Prod]\n  Maybe: !Equals [!Ref Other, x]\n"
        "Resources:\n"
        "  A: {Type: 'AWS::SQS::Queue', Condition: Prod}\n"
        "  B: {Type: 'AWS::SQS::Queue', Condition: Dev}\n"
        "  C: {Type: 'AWS::SQS::Queue', Condition: Maybe}\n"
    )

    resources, unread = read(tmp_path, text)

    assert (sorted(resources), unread) == (["A", "C"], [])
    assert "@Condition" not in resources["A"].body
    assert "Other" in resources["C"].body["@Condition"].because


def test_loops_are_unfolded(tmp_path: Path) -> None:
    text = (
        HEAD + "Transform: AWS::LanguageExtensions\n"
        "Parameters: {Names: {Type: CommaDelimitedList, Default: 'One,Two'}}\n"
        "Resources:\n"
        "  Fn::ForEach::Queues:\n"
        "    - Name\n"
        "    - !Ref Names\n"
        "    - Queue${Name}:\n"
        "        Type: AWS::SQS::Queue\n"
        "        Properties: {QueueName: !Sub 'q-${Name}', Peer: !Ref QueueOne}\n"
    )

    resources, unread = read(tmp_path, text)

    assert unread == []
    assert {name: each.body["QueueName"] for name, each in resources.items()} == {
        "QueueOne": "q-One",
        "QueueTwo": "q-Two",
    }
    assert resources["QueueTwo"].body["Peer"] == Reference("QueueOne")
    assert resources["QueueTwo"].place.line == 8


def test_a_loop_over_what_is_not_known_is_unread(tmp_path: Path) -> None:
    text = (
        HEAD + "Parameters: {Names: {Type: CommaDelimitedList}}\nResources:\n"
        "  Fn::ForEach::Queues: [Name, !Ref Names, {'Queue${Name}': {Type: 'AWS::SQS::Queue'}}]\n"
        "  Other: {Type: 'AWS::SQS::Queue'}\n"
    )

    resources, unread = read(tmp_path, text)

    assert list(resources) == ["Other"]
    assert [each.settle_with for each in unread] == ["pass --parameter Names=..."]


def test_a_macro_may_change_everything_and_that_is_said(tmp_path: Path) -> None:
    text = (
        HEAD + "Transform: [AWS::LanguageExtensions, Explode]\nResources:\n  A: {Type: 'AWS::SQS::Queue'}\n"
    )

    resources, unread = read(tmp_path, text)

    assert list(resources) == ["A"]
    assert [(each.place.line, each.because) for each in unread] == [
        (2, "the macro Explode may change the template at deployment")
    ]


def test_sam_globals_reach_each_function(tmp_path: Path) -> None:
    text = (
        "Transform: AWS::Serverless-2016-10-31\n"
        "Globals:\n  Function:\n    Timeout: 3\n    Environment: {Variables: {A: !Ref AWS::Partition}}\n"
        "Resources:\n"
        "  F:\n    Type: AWS::Serverless::Function\n    Properties: {Timeout: 9, Environment: {Variables: {B: x}}}\n"
    )

    resources, _ = read(tmp_path, text)

    assert resources["F"].body == {"Timeout": 9, "Environment": {"Variables": {"A": "aws", "B": "x"}}}


def test_skips_of_other_scanners_and_our_own(tmp_path: Path) -> None:
    text = (
        "Resources:\n"
        "  # checkov:skip=CKV_AWS_21:kept elsewhere\n"
        "  B:\n"
        "    Type: AWS::S3::Bucket\n"
        "    Metadata: {checkov: {skip: [{id: CKV_AWS_18, comment: it is the log bucket}]}}\n"
        "    Properties:\n"
        "      # tfaudit:ignore bucket-versioning until=2030-01-01 next year\n"
        "      VersioningConfiguration: {Status: Suspended}\n"
        "  C: {Type: 'AWS::S3::Bucket'}\n"
    )

    resources, _ = read(tmp_path, text)
    found = [
        (each.tool, each.ids, each.reason, each.path, each.place.line) for each in resources["B"].suppressions
    ]

    assert found == [
        ("checkov", ("CKV_AWS_18",), "it is the log bucket", (), 5),
        ("checkov", ("CKV_AWS_21",), "kept elsewhere", (), 2),
        ("tfaudit", ("bucket-versioning",), "next year", ("VersioningConfiguration",), 7),
    ]
    assert resources["C"].suppressions == ()


BROKEN: list[tuple[str, str | bytes, int]] = [
    ("yaml", HEAD + "Resources:\n  A: [\n", 4),
    ("a tab", HEAD + "Resources:\n\tA: 1\n", 3),
    ("no resources", HEAD + "Description: x\n", 1),
    ("resources are a list", HEAD + "Resources: [1]\n", 2),
    ("no type", HEAD + "Resources:\n  A: {Properties: {}}\n", 3),
    ("resource is text", HEAD + "Resources:\n  A: text\n", 3),
    ("not UTF-8", HEAD.encode() + b"Resources:\n  A: \xff\xfe\n", 0),
    ("binary", b"AWSTemplateFormatVersion: \x00\x01\x02", 0),
    ("twice", HEAD + "Resources:\n  A: {Type: 'AWS::SQS::Queue'}\n  A: {Type: 'AWS::SNS::Topic'}\n", 4),
    ("jinja", HEAD + "{% if x %}\nResources: {}\n{% endif %}\n", 2),
]


@pytest.mark.parametrize(("text", "line"), [each[1:] for each in BROKEN], ids=[each[0] for each in BROKEN])
def test_bad_input_is_one_unread_with_its_line(tmp_path: Path, text: str | bytes, line: int) -> None:
    _, unread = read(tmp_path, text)

    assert len(unread) == 1
    assert unread[0].place.origin == "t.yaml"
    if line:
        assert unread[0].place.line == line


@pytest.mark.parametrize(
    "text", ['{"Resources": {"A": ', '{"Resources": {"A": {"Type": "AWS::SQS::Queue"},,}}']
)
def test_broken_json_is_unread(tmp_path: Path, text: str) -> None:
    resources, unread = read(tmp_path, text, "t.json")

    assert (resources, len(unread)) == ({}, 1)
    assert unread[0].place.line == 1


def test_a_logical_id_that_stands_twice_in_json_is_told(tmp_path: Path) -> None:
    text = '{"Resources": {\n"A": {"Type": "AWS::SQS::Queue"},\n"A": {"Type": "AWS::SNS::Topic"}}}'

    resources, unread = read(tmp_path, text, "t.json")

    assert resources["A"].type == "AWS::SNS::Topic"
    assert [each.place.line for each in unread] == [3]


def test_what_stands_twice_in_metadata_counts_for_nothing(tmp_path: Path) -> None:
    text = (
        HEAD
        + "Metadata:\n  Labels: {Key: {default: a}, Key: {default: b}}\nResources:\n  A: {Type: 'AWS::SQS::Queue'}\n"
    )

    resources, unread = read(tmp_path, text)

    assert list(resources) == ["A"]
    assert unread == []


def test_an_alias_bomb_ends_at_the_limit(tmp_path: Path) -> None:
    lines = ["x0: &x0 [a, a, a, a, a, a, a, a, a, a]"]
    lines += [f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 10)}]" for n in range(1, 12)]
    text = (
        HEAD + "\n".join(lines) + "\nResources:\n  A: {Type: 'AWS::SQS::Queue', Properties: {Bomb: *x11}}\n"
    )

    _, unread = read(tmp_path, text, limits=Limits(nodes=100_000))

    assert len(unread) == 1


@pytest.mark.parametrize(
    "yaml",
    [
        f"!Join ['', [{', '.join(['!Ref Long'] * 2000)}]]",
        f"!Sub '{'${Long}' * 2000}'",
        f"[{', '.join(['!Base64 {Ref: Long}'] * 2000)}]",
        f"!Select [0, [{', '.join(['{Fn::ToJsonString: [!Ref Long]}'] * 2000)}]]",
        f"{{Fn::ForEach::A: [X, [a, b, c, d, e, f, g, h], {{'a${{X}}': [{', '.join(['x'] * 20_000)}]}}]}}",
    ],
    ids=["join", "sub", "base64", "json", "loop"],
)
def test_a_template_that_unfolds_to_more_than_the_limit_is_unread(tmp_path: Path, yaml: str) -> None:
    text = HEAD + f"Parameters: {{Long: {{Type: String, Default: {'x' * 10_000}}}}}\n"
    text += f"Resources:\n  A: {{Type: 'AWS::SQS::Queue', Properties: {{Bomb: {yaml}}}}}\n"

    resources, unread = read(tmp_path, text, limits=Limits(nodes=100_000))

    assert (resources, len(unread)) == ({}, 1)
    assert "100,000 values" in unread[0].because


def test_a_secret_that_a_condition_looks_up_is_not_told(tmp_path: Path) -> None:
    before = PARAMETERS + "Conditions:\n  Odd: !Equals [!FindInMap [Sizes, !Ref Secret, Days], x]\n"

    assert "hunter2" not in repr(properties(tmp_path, "A: !If [Odd, 1, 2]", before))


def test_a_companion_that_may_not_exist_leaves_the_fact_unknown() -> None:
    text = HEAD + (
        "Parameters: {Env: {Type: String}}\nConditions: {Prod: !Equals [!Ref Env, prod]}\nResources:\n"
        "  B: {Type: 'AWS::S3::Bucket', Properties: {BucketName: b}}\n"
        "  P:\n    Type: AWS::S3::BucketPolicy\n    Condition: Prod\n"
        "    Properties:\n      Bucket: !Ref B\n"
        "      PolicyDocument: {Statement: [{Effect: Allow, Principal: '*', Action: '*', Resource: '*'}]}\n"
    )

    bucket = next(each for each in from_cloudformation(text) if each.kind == "object_store")
    settled = next(each for each in from_cloudformation(text, Env="prod") if each.kind == "object_store")

    assert values(bucket, ["policy.public"]) == {"policy.public": UNKNOWN}
    assert values(settled, ["policy.public"]) == {"policy.public": True}


@pytest.mark.parametrize("name", ["t.yaml", "t.json"])
def test_deep_nesting_ends_at_the_limit(tmp_path: Path, name: str) -> None:
    deep = "[" * 5000 + "]" * 5000
    text = '{"AWSTemplateFormatVersion": "x", "Resources": {"A": {"Type": "AWS::SQS::Queue", "Properties": {"D": %s}}}}'

    _, unread = read(tmp_path, text % deep, name)

    assert len(unread) == 1


def test_what_surrounds_a_broken_part_is_still_read(tmp_path: Path) -> None:
    text = (
        HEAD + "Conditions: nonsense\nMappings: 3\nParameters: [x]\nResources:\n  A: 7\n"
        "  B: {Type: 'AWS::SQS::Queue', Properties: text}\n"
    )

    resources, unread = read(tmp_path, text)

    assert (list(resources), len(unread)) == (["B"], 1)


def read_several(folder: Path, **templates: str) -> dict[str, Resource]:
    files = []
    for name, text in templates.items():
        (folder / f"{name}.yaml").write_text(text)
        files.append(InputFile(folder, f"{name}.yaml", len(text)))
    found = list(cloudformation.read_tree(files, Tree(folder)))
    assert not [each for each in found if isinstance(each, Unread)]
    return {f"{each.scope} {each.address}": each for each in found if isinstance(each, Resource)}


SIZE = "Parameters: {Size: {Type: Number, Default: 2}}\n"
CHILD = (
    HEAD + "Parameters: {Size: {Type: Number, Default: 1}, Key: {Type: String, Default: ''}}\n"
    "Resources:\n  Q: {Type: 'AWS::SQS::Queue', Properties: {Size: !Ref Size, Key: !Ref Key}}\n"
)


def stack(name: str, url: str, parameters: str) -> str:
    return (
        f"  {name}:\n    Type: AWS::CloudFormation::Stack\n"
        f"    Properties: {{TemplateURL: {url}, Parameters: {parameters}}}\n"
    )


def test_a_nested_stack_gives_its_template_the_parameters(tmp_path: Path) -> None:
    parent = (
        HEAD
        + "Resources:\n  K: {Type: 'AWS::KMS::Key'}\n"
        + stack("S", "./child.yaml", "{Size: 7, Key: !Ref K}")
    )

    body = read_several(tmp_path, child=CHILD, parent=parent)["child.yaml Q"].body

    assert body["Size"] == 7
    assert isinstance(body["Key"], Unresolved)
    assert body["Key"].because == "the stack S in parent.yaml gives it as K, known only after deployment"


def test_stacks_that_give_different_values_leave_it_unknown(tmp_path: Path) -> None:
    parent = (
        HEAD + "Resources:\n" + stack("A", "child.yaml", "{Size: 7}") + stack("B", "child.yaml", "{Size: 8}")
    )

    body = read_several(tmp_path, child=CHILD, parent=parent)["child.yaml Q"].body

    assert isinstance(body["Size"], Unresolved)
    assert body["Key"] == ""


def test_what_is_given_goes_down_through_stacks_of_stacks(tmp_path: Path) -> None:
    top = HEAD + "Resources:\n" + stack("S", "middle.yaml", "{Size: 9}")
    middle = HEAD + SIZE + "Resources:\n" + stack("S", "child.yaml", "{Size: !Ref Size}")

    found = read_several(tmp_path, child=CHILD, middle=middle, top=top)

    assert found["child.yaml Q"].body["Size"] == 9


@pytest.mark.parametrize(
    "url", ["../child.yaml", "/child.yaml", "https://bucket.example/child.yaml", "!Ref X", "child.yaml/../.."]
)
def test_stacks_of_templates_elsewhere_change_nothing(tmp_path: Path, url: str) -> None:
    parent = HEAD + "Parameters: {X: {Type: String}}\nResources:\n" + stack("S", url, "{Size: 7}")

    assert read_several(tmp_path, child=CHILD, parent=parent)["child.yaml Q"].body["Size"] == 1


def test_stacks_that_take_one_another_end(tmp_path: Path) -> None:
    one = HEAD + SIZE + "Resources:\n" + stack("S", "two.yaml", "{Size: !Ref Size}")
    two = HEAD + SIZE + "Resources:\n" + stack("S", "one.yaml", "{Size: !Join ['', [!Ref Size, x]]}")

    assert len(read_several(tmp_path, one=one, two=two)) == 2
