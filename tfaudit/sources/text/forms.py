"""What a file of YAML or JSON holds, by its content: a plan, a template of CloudFormation or ARM, or manifests.

A form is recognised by words that it cannot do without. They are looked for in all of a file, wherever they stand and
however they are written, so that no padding, encoding or escape hides a file; where the words of several forms occur,
the outermost keys decide. That a file has a form means that it must be read, not that there is something in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tfaudit.model.resources import Limits
from tfaudit.sources.text.encoding import NotText, Words, decoded

if TYPE_CHECKING:
    from tfaudit.sources.tree.files import Form, InputFile

_TERRAFORM = (".tf.json", ".tfvars.json", ".tofu.json", ".tftest.json", ".tofutest.json")
_PLANNED = (
    b'"planned_values"',
    b'"resource_changes"',
    b'"values"',
    b'"prior_state"',
    b'"configuration"',
    b'"variables"',
)
_PROVIDERS = (b"AWS::", b"Alexa::", b"Custom::")
_VERSION = b"AWSTemplateFormatVersion"
# Of `https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#`, and those of other scopes.
_TEMPLATE = re.compile(r"(?i)deploymentTemplate\.json")
_PARAMETERS = re.compile(r"(?i)deploymentParameters\.json")
_SCHEMAS = (b"eploymentTemplate.json", b"eploymentParameters.json")
_SCHEMA_KEY = "$schema"
# The same in any case, which Resource Manager does not mind.
_ANY_CASE = re.compile(
    rb"(?i)management\.azure\.com/schemas/[\w.-]+/\w*deployment(template|parameters)\.json"
)
_WORDS = (
    *_SCHEMAS,
    b'"format_version"',
    b'"terraform_version"',
    *_PLANNED,
    _VERSION,
    b"Resources",
    *_PROVIDERS,
    b"apiVersion",
    b"kind",
)
# Where text begins so, its outermost keys are known without parsing it.
_PLAIN = re.compile(
    rb'\{\s*"format_version"|(?:[ \t]*(?:#[^\n]*|---[ \t]*)?\n)*AWSTemplateFormatVersion[ \t]*:'
)
_SCHEMA = re.compile(
    rb'\{\s*"\$(?i:schema)"\s*:\s*"https?://schema\.management\.azure\.com/schemas/[\w.-]+/\w*[dD]eployment(Template|Parameters)\.json'
)
# `main.parameters.json`, of which no tool asks a schema.
_FOR_A_TEMPLATE = ".parameters."
_BROKEN = object()
_PIECE = 1 << 20
_LONGEST = 64
_MOST = Limits().file_bytes
_MOST_SEARCHED = 1 << 30


def form_of(file: InputFile) -> Form:
    """Return the form of a file, "" for none of them; `OSError` when it cannot be read."""
    if file.form is None:
        file.form = "" if file.name.endswith(_TERRAFORM) else _form(file)
    return file.form


def outermost_form(data: bytes) -> Form:
    """Return the form that the outermost keys of `data` show; of what is cut off, the one that its words do."""
    try:
        data = decoded(data)
    except NotText:
        return ""
    forms = list(_possible(Words(data)))
    for shown in _outermost(data) if forms else ():
        if shown == "broken":
            return forms[0]
        for form in forms:
            if form == shown:
                return form
    return ""


def _form(file: InputFile) -> Form:
    if file.size > _MOST:
        return _form_of_large(file)
    data = file.read()
    try:
        data = decoded(data)
    except NotText:  # the reader says so, where the words are there
        data = data.replace(b"\0", b"")
    schema = _SCHEMA.match(data)
    if schema:
        return "arm" if schema[1] == b"Template" else "arm parameters"
    words = Words(data)
    forms = list(_possible(words))
    if (
        not forms
        and file.suffix == ".json"
        and _FOR_A_TEMPLATE in file.name.lower()
        and words.has(b'"parameters"')
    ):
        return "arm parameters"
    if not forms or forms == ["kubernetes"] or (len(forms) == 1 and _PLAIN.match(data)):
        return forms[0] if forms else ""
    broken = False
    for form in _outermost(data):
        if form in forms:
            return form
        broken = broken or form == "broken"
    return forms[-1] if broken or forms[-1] == "kubernetes" else ""


def _possible(words: Words) -> Iterator[Form]:
    """Yield the forms whose words occur."""
    if words.has(b'"format_version"') and (
        words.has(b'"terraform_version"') or any(map(words.has, _PLANNED))
    ):
        yield "plan"
    if words.has(_VERSION) or (words.has(b"Resources") and any(map(words.has, _PROVIDERS))):
        yield "cloudformation"
    if words.has(_SCHEMAS[0]):
        yield "arm"
    elif words.has(_SCHEMAS[1]):
        yield "arm parameters"
    elif words.has(b"anagement.azure.com/schemas/") and (told := words.search(_ANY_CASE)):
        yield "arm" if told[1].lower() == b"template" else "arm parameters"
    if words.has(b"apiVersion") and words.has(b"kind"):
        yield "kubernetes"


def _outermost(data: bytes) -> Iterator[str]:
    """Yield the form of each document in `data`, "broken" for one that cannot be parsed."""
    for value in _values(data):
        if not isinstance(value, dict):
            if value is _BROKEN:
                yield "broken"
        elif "format_version" in value:
            yield "plan"
        elif _VERSION.decode() in value or isinstance(value.get("Resources"), dict):
            yield "cloudformation"
        elif isinstance(schema := _schema(value), str) and _TEMPLATE.search(schema):
            yield "arm"
        elif isinstance(schema, str) and _PARAMETERS.search(schema):
            yield "arm parameters"
        elif "apiVersion" in value and "kind" in value:
            yield "kubernetes"


def _schema(value: dict[Any, Any]) -> Any:
    found = value.get(_SCHEMA_KEY)
    if found is None:
        found = next((value[each] for each in value if str(each).lower() == _SCHEMA_KEY), None)
    return found


def _values(data: bytes) -> Iterator[Any]:
    if data.lstrip()[:1] in (b"{", b"[", b"/"):
        from tfaudit.sources.text.json_comments import without_comments

        for text in (data, None):
            try:
                yield json.loads(text or without_comments(data.decode())[0])
            except (ValueError, RecursionError):
                continue
            return
    from tfaudit.sources.text.document import Document
    from tfaudit.sources.text.yaml_documents import documents

    for each in documents(data, "", Limits()):
        yield each.value if isinstance(each, Document) else _BROKEN


def _form_of_large(file: InputFile) -> Form:
    """Return the form that a file may have that is too large to be read: it is reported, and that is all."""
    found = last = b""
    with file.stream() as stream:
        while piece := stream.read(_PIECE):
            text = (last + piece).replace(b"\0", b"")
            words = Words(text)
            fresh = [word for word in _WORDS if word not in found and words.has(word)]
            if fresh:
                found = b" ".join([found, *fresh])
                forms = list(_possible(Words(found)))
                if forms:
                    return forms[0]
            if stream.tell() > _MOST_SEARCHED:
                return "kubernetes"
            last = piece[-_LONGEST:]
    return ""
