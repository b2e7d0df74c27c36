"""The forms of secrets in command lines, in files of programs and as tokens of services, as parts of one pattern.

Each form is documented by the program or service that it belongs to. Scanned input is hostile: whatever may repeat here
has a bound. A part of `COMMANDS` ends where a secret begins, which is at least four characters and no reference.
"""

from __future__ import annotations

_REST = r"[^\n|;&]{0,200}?[ \t]"  # further words of the same command


def _option(programs: str, options: str) -> str:
    """Return what announces a secret behind one of `options` of `programs`, with a blank between or none."""
    return rf"\b(?:{programs})[ \t](?:{_REST})?(?:{options})[ \t]{{0,4}}(?=\S)"


_LISTED = (
    _option(r"sshpass", "-p"),
    _option(
        r"(?:docker|podman|buildah|skopeo|nerdctl|az|helm|oras|crane)[ \t](?:[\w-]{1,40}[ \t]){0,2}login",
        "-p",
    ),
    _option(r"redis-cli", "-a"),
    _option(r"mysql\w{0,9}|mariadb[\w-]{0,9}", r"-p(?=\S)"),
    _option(r"mongo\w{0,9}|psexec|influx|xfreerdp", r"-p(?!assw)|/p:"),
    _option(r"sqlcmd|bcp|isql|osql", "-P"),
    _option(r"ldap\w{2,12}", "-w"),
    _option(r"curl", r"-u[ \t]{0,4}[\"']?[^\s:\"']{1,64}:"),
    _option(r"openssl", "-k"),
    _option(r"snmp\w{2,10}", "-c"),
    _option(r"smbclient|rpcclient", r"-U[ \t]{0,4}[^\s%]{1,64}%"),
    _option(r"lftp", r"-u[ \t]{0,4}[^\s,]{1,64},"),
    r"-pass(?:in|out)?[ \t=]{1,4}[\"']?pass:",
    r"--?[\w-]{0,40}?pass[ \t]{1,4}",
    r"/pass(?:word)?:",
    r"\bhtpasswd[ \t]+-\w{0,8}b\w{0,8}[ \t]+\S{1,200}[ \t]+\S{1,64}[ \t]+",
    r"\bsetx[ \t]+(?:/m[ \t]+)?[\w.]{1,100}[ \t]+",
    r"\bnet[ \t]+use[ \t]+(?:\w:[ \t]+)?\\{2,4}\S{1,200}[ \t]+(?!/)",
    r"\bvault[ \t]+login[ \t]+(?!\S{0,64}=)",
    r"\brabbitmqctl[ \t]+(?:add_user|change_password)[ \t]+\S{1,64}[ \t]+",
    r"\bsqlplus[ \t](?:[^\n|;&]{0,80}?[ \t])?[\w$#]{1,64}/",
    r"\bjdbc:oracle:\w{1,10}:[\w$#]{1,64}/",
    r"\b[\w$#]{1,64}/(?=[^\s/@\"']{4,64}@(?://)?[\w.-]{1,255}:\d{2,5}[/:]\w)",
    r"\b[\w.-]{1,32}:(?=[^\s|:]{4,200}[ \t]{0,4}\|[ \t]{0,4}(?:sudo[ \t]{1,4})?chpasswd)",
    r"\becho[ \t]{1,4}(?:-n[ \t]{1,4})?[\"']?(?=[^\s|]{4,200}[ \t]{0,4}\|[^|\n]{0,80}(?:-stdin\b|\bsudo[ \t]{1,4}-S))",
    r"\bidentified[ \t]{1,4}by[ \t]{1,4}(?=[\"'])",
    r"\b(?:with|encrypted|by)[ \t]{1,4}password[ \t]{1,4}(?=')",
    r"\bconvertto-securestring[ \t]{1,4}(?:-string[ \t]{1,4})?(?=[\"'])",
    r"\bAC[0-9a-f]{32}:",
)
COMMANDS = rf"(?:{'|'.join(_LISTED)})(?:\\?[\"'])?"
"""What announces a secret in a command line; it may open a quotation."""

_BEGUN = (
    r"\bSK[0-9a-f]{32}\b",
    r"\bSG\.[\w-]{16,32}\.[\w-]{32,64}",
    r"\bnpm_[A-Za-z0-9]{36}",
    r"\bpypi-AgE[\w-]{20,}",
    r"\bdckr_[po]at_[\w-]{20,}",
    r"\bdo[opr]_v1_[0-9a-f]{32,}",
    r"\bhv[sbr]\.[\w-]{20,}",
    r"\bAIza[\w-]{35}",
    r"\bxapp-\d-[\w-]{10,}",
    r"\b[sr]k_(?:live|test)_\w{16,}",
    r"\bsk-(?:ant-|proj-|svcacct-|or-)?[\w-]{20,}",
    r"\bhf_[A-Za-z]{30,}",
    r"\bgls?a?(?:ft|dt|rt|ptt|soat|cbt|imt|oas|agent|ffct)-[\w-]{20,}",
    r"\bglsa_\w{20,}",
    r"\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}",
    r"\bNRAK-[A-Z0-9]{27}",
    r"\bkey-[0-9a-f]{32}\b",
    r"\bATATT3[\w=-]{20,}",
    r"\bAGE-SECRET-KEY-1[A-Z0-9]{50,}",
    r"\bya29\.[\w-]{20,}",
    r"\bpul-[0-9a-f]{40}\b",
    r"\btskey-\w{2,12}-[\w-]{10,}",
    r"\bdapi[0-9a-f]{32}",
)
TOKENS = "|".join(_BEGUN)
"""Tokens that their service has given a beginning of their own."""

NAMED_VALUE = r"\\?[\"'][ \t]{1,8}value[ \t]{0,4}=[ \t]{0,4}\\?[\"']"
"""What stands between a name and its value in XML: `name="db.password" value="..."`."""

HINT = (
    r"sqlplus|jdbc:oracle|@[\w./-]{1,255}:\d|setx|openssl|pass:|pass |/pass|ldap|mongo|sqlcmd|isql|osql|bcp |psexec"
    r"|influx|xfreerdp|htpasswd|snmp|rabbitmqctl|\||curl|lftp|smbclient|rpcclient|net |mariadb"
    r"|identified|password '|convertto|login|sg\.|npm_|pypi-|dckr_|_v1_|hv[sbr]\.|aiza|xapp|[rs]k_|sk-|hf_"
    r"|gl\w{1,6}[-_]|shp|nrak-|key-|atatt|ac[0-9a-f]{32}|sk[0-9a-f]{32}|ya29|pul-|tskey-|dapi| value"
)
"""One of these, in small letters, stands in every text that holds a form of this module."""
