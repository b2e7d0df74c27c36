"""The forms of secrets in command lines, in files of programs and as tokens of services, as parts of one pattern.

Each form is documented by the program or service that it belongs to. Scanned input is hostile: whatever may repeat here
has a bound. A part of `COMMANDS` ends where a secret begins, which is at least four characters and no reference.
"""

from __future__ import annotations

import re

_REST = r"[^\n|;&]{0,200}?[ \t]"  # further words of the same command
# What asks for a password where it is not told one, and takes what is piped to it or stands behind `<<<`.
_ASKING = r"(?:-stdin\b|\bsudo[ \t]{1,4}-S|\b(?:kinit|cryptsetup|passwd|kpasswd|smbpasswd|su)\b)"
_SAID = r"\b(?:echo|printf)[ \t]{1,4}(?:-n[ \t]{1,4}|'%s(?:\\n)?'[ \t]{1,4})?"


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
    rf"{_SAID}[\"']?(?=[^\s|]{{4,200}}[ \t]{{0,4}}\|[^|\n]{{0,80}}{_ASKING})",
    rf"{_ASKING}[^\n|;&<]{{0,200}}<<<[ \t]{{0,4}}",
    r"\bidentified[ \t]{1,4}by[ \t]{1,4}(?=[\"'])",
    r"\b(?:with|encrypted|by)[ \t]{1,4}password[ \t]{1,4}(?=')",
    r"\bconvertto-securestring[ \t]{1,4}(?:-string[ \t]{1,4})?(?=[\"'])",
    r"\bAC[0-9a-f]{32}:",
)
_COMMANDS = rf"(?:{'|'.join(_LISTED)})(?:\\?[\"'])?"
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
_TOKENS = "|".join(_BEGUN)
"""Tokens that their service has given a beginning of their own."""

_NAMED_VALUE = r"\\?[\"'][ \t]{1,8}value[ \t]{0,4}=[ \t]{0,4}\\?[\"']"
"""What stands between a name and its value in XML: `name="db.password" value="..."`."""

_NAMES = "key password passwd passphrase pass secret token pwd psk"
_PROGRAMS = (
    "-cli sshpass login mysql mariadb sqlplus jdbc:oracle setx openssl /pass ldap mongo sqlcmd isql osql psexec influx"
    " xfreerdp htpasswd snmp rabbitmqctl curl lftp smbclient rpcclient identified convertto bearer sig= | <<<"
    " hooks.slack.com webhook.office.com discord"
)
_BEGINNINGS = (
    "akia asia xox eyj sg. npm_ pypi- dckr_ _v1_ aiza xapp hf_ shp nrak- age-secret-key- atatt ya29 pul-"
)
_MARKS = {
    **{name: rf"{name}[=:>\s\"'\\]" for name in _NAMES.split()},
    **dict.fromkeys([*_PROGRAMS.split(), *_BEGINNINGS.split(), "private key", "bcp ", "net ", " value"], ""),
    # These are in many a text that holds no secret, and to look for all the forms takes a millisecond.
    "://": r"://[^\s@\"']{1,260}@",
    "sk-": r"sk-\S{20}",
    "key-": "key-[0-9a-f]{32}",
    "dapi": "dapi[0-9a-f]{32}",
    "code=": r"[?&]code=",
    "auth": r"[\"']auth[\"'\\]|authorization[\"']?[ \t]{0,2}[:=]",
    "password '": "",
    "-u": r"-u(?:ser)?[ =]",
    "$": r"\$(?:apr1|2[aby]|[156y])\$",
    "gh": r"gh[pousr]_",
    "github_pat_": "",
    "gl": r"gl\w{1,6}[-_]",
    "k_": r"[rs]k_",
    "@": r"@[\w./-]{1,255}:\d",
    "hv": r"hv[sbr]\.",
}
"""Texts of which one stands in every text that holds one of the forms, in small letters: and how more exactly."""
MARKS = tuple(_MARKS)
UNMARKED = r"(?:ac|sk)[0-9a-f]{32}"
"""The beginning of those forms that hold none of `MARKS`."""
HINT = "|".join([UNMARKED, *(exactly or re.escape(mark) for mark, exactly in _MARKS.items())])
"""What stands in every text that holds one of the forms, in small letters."""

SHAPES = (
    # Scanned input is hostile: nothing here may take more than linear time.
    # A word that announces a secret, which is kept; a reference such as `$(DB_PASSWORD)` is none.
    r"(?P<kept>(?i:\bbearer[ \t]{1,4}(?=\S{0,400}?\d)"
    r"|\bauthorization[\"']?[ \t]{0,2}[:=][ \t]{0,2}[\"']?(?:(?:basic|bearer|token)[ \t]{1,4})?"
    rf"|{_COMMANDS}"
    r"|--?[\w-]{0,40}?(?:passw(?:or)?d|passphrase|secret|token|api-?key|access-?key)[ \t]{1,4}"
    r"|(?:passw(?:or)?d|passphrase|secret|token|api[_-]?key|access_?key|[_-]pass|pwd|psk)[=>]"
    # Behind a colon or a blank stand words of a sentence, too: one of these has seldom a digit.
    r"|(?:passw(?:or)?d|passphrase|secret|token|api[_-]?key|access_?key|private_?key|pwd|psk)"
    r"[ \t]{0,4}[:=][ \t]{1,4}(?!arn:)(?=\S{0,400}?\d)"
    r"|\b(?:passw(?:or)?d|passphrase)[ \t]{1,4}(?=[^\s\d]{1,400}\d\S{6})"
    r"|(?<!\S)(?:-u|--user)[ \t=]{1,4}[\"']?[^\s:\"']{1,64}:(?!//|\d{1,9}(?:\s|$))(?=\S)"
    r"|hooks\.slack\.com/\w{1,20}/|webhook\.office\.com/\w{1,20}/|discord(?:app)?\.com/api/webhooks/"
    r"))(?![$<{(%-])[^\s\"';&]{4,}|"
    r"(?P<named>(?i:passw(?:or)?d|passphrase|secret|token|api[_-]?key|access_?key|private_?key|psk|pwd|(?<=[\"'])auth)"
    rf"(?:\\?[\"']?[ \t]{{0,8}}(?:=>?|:)[ \t]{{0,8}}\\?[\"']|{_NAMED_VALUE}))(?![$<{{(%])[^\"'\\\n]+|"
    rf"{_TOKENS}|"
    r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"
    r"|\bgh[pousr]_[A-Za-z0-9]{20,}|\bgithub_pat_\w{20,}|\bglpat-[\w-]{20,}|\bxox[abprs]-[\w-]{10,}|\bsk_live_\w{16,}"
    r"|(?<![\w-])eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----(?:(?:[^-]|-(?!----))*-----END [A-Z ]*PRIVATE KEY-----)?"
    r"|(?<=://)[^\s:/@\"']{0,128}+:[^\s@\"']{1,128}(?=@)"
    r"|(?<=://)(?=[^\s\d@]{0,127}\d)[^\s:/@\"'?#.]{16,128}(?=@)"
    r"|(?i:(?<=[?&]key=)|(?<=[?&]code=))(?![$<{(%])[^&\s\"'#]{16,}"
    r"|\$(?:apr1|2[aby]|[156y])\$[\w./$=,+-]{8,}"
    r"|(?i:(?<=accountkey=)|(?<=accesskey=)|(?<=password=)|(?<=pwd=)|(?<=sig=))(?![$<{(%])[^;&\s\"']{6,}"
)
"""All forms as one pattern; what announces a secret, and is kept, are its groups `kept` and `named`."""
