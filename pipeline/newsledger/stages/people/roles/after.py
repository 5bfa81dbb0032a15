"""Reads the role that follows a name.

``, the U.S. secretary of state,``, ``, 63, chief executive of Northair``, ``is the president of``.
"""

from __future__ import annotations

import re
from dataclasses import replace

from newsledger.lexicons.load import any_of
from newsledger.stages.people.roles.forward import forward
from newsledger.stages.people.roles.rightwards import NOTHING, UNKNOWN, no_noun, read_after
from newsledger.stages.people.roles.roles import WINDOW, Context, Role, tokenise
from newsledger.stages.people.roles.units import unit_end
from newsledger.stages.people.tables import names

_DEGREES = (
    r"M\.D|MD|Ph\.\s?D|PhD|J\.D|JD|R\.N|RN|D\.O|D\.D\.S|DDS|D\.V\.M|DVM|M\.P\.H|MPH|MBA|FACS|Esq|CPA|S\.J"
)
_LEAD = re.compile(
    rf"(?:,\s(?:{_DEGREES})\b\.?(?=,)){{0,3}}"
    r"\s*(?:\([^()\n]{0,40}\)\s*|(?<=\w),\s[RDI]\s?-\s?[A-Z][\w.]{0,12}(?:\s[A-Z][\w.]{1,12})?(?=,))?"
    r"(?:(?P<set>,|\s[–—-]\s|\()\s*"
    r"(?:(?:aged?\s+)?\d{1,3}(?:-year-old)?\s*,?\s+)?"
    r"(?:(?:also|himself|herself)\s+(?=an?\s|the\s))?"
    r"(?P<who>who\s+(?:(?:also|currently|now|then|has|had|previously|formerly)\s+)*"
    r"(?P<was>(?:is|was|been)\s+"
    r"(?:appointed|named|elected|re-?elected|chosen|confirmed|sworn\s+in|serving|working)"
    r"(?:\s+(?:by\s+(?:[\w’'.-]+\s+){1,6}?)?as(?:\s+both)?)?"
    r"|is|are|was|became|serves\s+as|served\s+as|been|worked\s+as|works\s+as|continues?\s+as|will\s+continue\s+as"
    r"|will\s+(?:be|become|remain|serve\s+as)"
    r"|(?:stepped\s+down|resigned|retired)\s+as)\s+"
    r"(?:(?:also|currently|now|then|previously|formerly)\s+)?)?"
    r"(?P<late>(?:is|was|became|has\s+been|had\s+been|serves\s+as|served\s+as)\s+(?:(?:also|currently|now)\s+)?)?"
    r"|\s(?:who\s+(?=is\s|was\s))?(?:(?:also|currently|now|then|formerly|previously)\s+)?(?P<verb>(?:"
    r"was\s+forced\s+to\s+(?:step\s+down|resign)\s+as|(?:will|plans\s+to|is\s+to)\s+(?:step\s+down|resign|retire)\s+as"
    r"|took\s+(?:over|office)\s+as|will\s+(?:also\s+)?(?:be(?!\s+(?:nominated|tapped|picked)\b)|become|remain(?:\s+as)?|serve\s+as|continue\s+as|act\s+as)"
    r"|has\s+served\s+as"
    r"|(?:is|was|has\s+been|had\s+been|will\s+be)\s+(?:(?:nominated|tapped|picked)\s+(?:as|to\s+be)|promoted\s+to)"
    r"|(?:is|was|became|remains|has\s+been|had\s+been)"
    r"(?:\s+(?:(?:currently|now|then|also|later|recently|newly)\s+)?"
    r"(?:appointed|named|elected|re-?elected|chosen|confirmed|sworn\s+in|serving\s+as|working\s+as)(?:\s+as)?)?"
    r"|serves\s+as|served\s+as|works\s+as|worked\s+as|(?:ha[sd]\s+)?(?:stepped\s+down|resigned|retired)(?:\s+from\s+(?:his|her|the)\s+(?:post|position|job|role|office))?\s+as))"
    r"\s+(?:(?:also|currently|now|then|still)\s+)?)"
)
# "named Ada Lind (as) chairman", "succeeded Ada Lind as chairman": what stands before the name and after it.
_NAMING = re.compile(
    r"\b(?:(?P<put>named|naming|appointed|appointing|elected|reelected|re-elected|chose|installed|hired|promoted|confirmed|reappointed)"
    r"|(?P<chosen>appointment|election|promotion|reappoint)(?:\sof)?"
    r"|(?P<to>nominat(?:e|ed|es|ing|ion|ion\shearing))(?:\s(?:of|for))?|(?P<gone>resignation|ouster|removal|dismissal)\sof"
    r"|(?P<out>succeeded|replaced|ousted)|(?P<open>succeeds?|succeeding|replaces?|replacing"
    r"|confirmation(?:\shearing)?\s(?:of|for)))"
    r"\s(?:(?:Mr|Mrs|Ms|Dr)\.?\s)?(?:(?:U\.S\.\s)?(?:[A-Z][a-z]+\s){0,2}?(?P<title>Gov|Sen|Rep|Gen|Judge|Justice|Governor|Senator"
    r"|Congressman|Congresswoman|Representative|General|Admiral|Ambassador|Secretary)\.?\s)?\Z"
)
_AS = re.compile(
    r"(?:\s\([^()\n]{1,20}\))?"
    r"\s(?:(?P<as>(?:as|to\sbe|to\sserve\sas)\s)(?:(?:the|our|its|America['’]s)\s(?:next|new)\s)?)?(?=\w)"
)
_ACCORDING = re.compile(r"(?:\A|[.!?\n][\s\"”’]*)According\sto\s(?:(?:Mr|Mrs|Ms|Dr)\.?\s)?\Z")
_GOES_ON = re.compile(r"[^,.;:()\n]{0,120}?\s(?:was|were|is|are|has|had|will|would|could|said|says|told)\s")
_OPENED_WITH = re.compile(
    r"(?:\A|[.!?\n])[\s\"”’]*(?:In|At|On|During|After|Before|With|Following|Alongside|Speaking)\s"
    r"[^,.;:!?\n]{0,80}?\b(?:with|to|by|from|against|of|for|about)\s(?:(?:Mr|Mrs|Ms|Dr)\.?\s)?\Z"
)
_ACTS = re.compile(rf"\s(?:[a-z]+ed|{any_of(names().speech_verbs)}|is|was|has|had|will|would)\b")


def after(
    context: Context, end: int, ceiling: int, *, start: int | None = None, many: bool = False
) -> Role | None:
    """Read the role that follows the name that ends at ``end``; nothing from ``ceiling`` on is looked at.

    ``many``: it stands in the plural, after the last of several names.

    Where ``start``, the name's first character, is given, what stands before it is looked at as well:
    "named Ada Lind chairman".
    """
    text = context.text
    ceiling = min(ceiling, end + WINDOW)
    naming = _NAMING.search(text, max(0, start - 48), start) if start is not None else None
    put = _AS.match(text, end, ceiling) if naming is not None else None
    if naming is not None and put is not None and (put["as"] or (naming["put"] and not naming["title"])):
        return _put_in_office(context, naming, put, ceiling)
    if start is not None and not many and (to_be := TO_BE.match(text, end)) is not None:
        return _to_be(context, start, to_be, ceiling)
    lead = _LEAD.match(text, end, ceiling)
    if lead is None:
        if many:
            return None
        return _heads(context, end) or _his_time(context, end, ceiling)
    if many:
        return read_after(context, lead, ceiling, several=True)
    role = read_after(context, lead, ceiling) or _plain(context, end, ceiling) or _heads(context, end)
    if lead["set"] and role is not None and role.status == "former":
        role = _now(context, lead.end(), ceiling) or role
    if role is None or start is None:
        return role
    if _ACCORDING.search(text, max(0, start - 24), start) and _GOES_ON.match(text, lead.end()):
        # "According to Ada Lind, a detective was sent": he is somebody else
        return None
    if _ACTS.match(text, role.ends):
        # "In an interview with Lind, the president pointed out that ..."
        return None if _OPENED_WITH.search(text, max(0, start - 110), start) else role
    return role


TO_BE = re.compile(
    r"(?P<of>,\sof\s(?:the\s)?[A-Z][\w.-]*,)?\s(?P<as>to\s(?:be|serve\sas)\s)(?:(?:the|a|an)\s(?:next\s)?)?(?=\w)"
)
_NOMINATIONS = re.compile(r"\bnomin(?:at|ee)[^.;\n]{0,150}\Z")


def _to_be(context: Context, start: int, lead: re.Match[str], ceiling: int) -> Role | None:
    """The office in "the nominations on the agenda are Ada Lind to be a Circuit Judge and ...".

    In a list each has a line, and says whence: "Ada Lind, of Nevada, to be Ambassador to Kenya".
    """
    if lead["of"] is None and not _NOMINATIONS.search(context.text, max(0, start - 170), start):
        return None
    office = NOTHING.match(context.text, lead.end())
    role = read_after(context, office, ceiling) if office is not None else None
    return replace(role, status="designate") if role is not None else None


_HIS_TIME = re.compile(
    r"(?:['’]s?\s(?:[a-z]+\s)?(?:(?P<gone>resignation|departure|retirement|removal|ouster|dismissal)|(?P<to>nomination)"
    r"|(?P<chosen>appointment|election|reappointment|re-election)|(?P<open>confirmation)|tenure|time|term|years|stint)"
    # "congratulated Ada Lind on her service as": hers, for nobody is thanked for the service of another
    r"|\s(?:on|for)\s(?:his|her)\s(?:service|appointment|election|(?P<proposed>nomination)))"
    r"\s(?P<verb>as|to\sbe|to\sserve\sas)\s(?P<set>)(?P<who>)(?P<was>)(?P<late>)"
)
_OWNED = ("'", "’", " on h", " for h")


SUCCEEDS = re.compile(r"\s(?P<to>will\s|to\s)?(?:succeed(?:s|ed)?|replace[sd]?)\s(?:(?:Mr|Mrs|Ms|Dr)\.?\s)?")


def _his_time(context: Context, end: int, ceiling: int) -> Role | None:
    """The office in "Ada Lind's resignation as Northam Bank chairman"; of "tenure" it is not said when."""
    if not context.text.startswith(_OWNED, end):
        return None
    said = _HIS_TIME.match(context.text, end, ceiling)
    role = read_after(context, said, ceiling) if said is not None else None
    if said is None or role is None:
        return role
    return replace(role, status="former" if said["gone"] else "designate" if said["to"] else None)


_HEADING = re.compile(r",?\swho\s(?:also\s|now\s)?(?P<what>heads|headed|chairs|chaired)\s(?:the\s)?(?=[A-Z])")
_HEADS_IT = re.compile(r"\s(?:also\s|now\s|currently\s)?(?P<what>heads|chairs)\sthe\s")
_DESCRIBING = re.compile(r"(?!(?:of|list|team|group|department)\s)[\w’'-]+\s")
_HEADED = re.compile(r"[.,;)\n]|\Z|\s(?:and|which|that|in|since|for|of|from|at|has|is|was|will|said|says)\b")


def _heads(context: Context, end: int) -> Role | None:
    """The office in "Ada Lind, who heads Northam Corp" and "Lind heads the powerful Northam Council"."""
    said = _HEADING.match(context.text, end) or _HEADS_IT.match(context.text, end)
    if said is None:
        return None
    at = said.end()
    span = context.name_starts.get(at)
    while span is None and (word := _DESCRIBING.match(context.text, at, said.end() + 40)):
        at = word.end()
        span = context.name_starts.get(at)
    if span is None:
        return None
    stop = unit_end(context.text, span.end_char)
    if said.re is _HEADS_IT and not _HEADED.match(context.text, stop):
        # "Lind heads the Northam team"
        return None
    office = "head" if said["what"].startswith("head") else "chair"
    return Role(
        (office,),
        office.capitalize(),
        status="current",
        org=" ".join(context.text[span.start_char : stop].split()),
        side="after",
        ends=stop,
    )


_PLAIN = re.compile(r",\s(?=[a-z])")


def _plain(context: Context, end: int, ceiling: int) -> Role | None:
    """The office in "Ada Lind, banking analyst at Northair": nouns in small letters stand before it."""
    text = context.text
    lead = _PLAIN.match(text, end, ceiling)
    if lead is None:
        return None
    tokens = tokenise(text, lead.end(), ceiling)
    for k in range(1, min(UNKNOWN, len(tokens))):
        word = tokens[k - 1]
        if not word.text[0].islower() or not word.key.replace("-", "").isalpha() or no_noun(word.key):
            return None
        read = forward(tokens, k)
        if read is None or read[3] or read[2] + 1 >= len(tokens):
            continue
        if tokens[read[2]].key in {"of", "at", "with", "for"}:
            nothing = NOTHING.match(text, word.end + 1)
            return read_after(context, nothing, ceiling) if nothing is not None else None
    return None


def _put_in_office(context: Context, naming: re.Match[str], put: re.Match[str], ceiling: int) -> Role | None:
    """The office in "named Ada Lind chairman" and "succeeded Ada Lind as chairman"."""
    lead = NOTHING.match(context.text, put.end())
    role = read_after(context, lead, ceiling) if lead is not None else None
    if role is None:
        return None
    if naming["put"]:
        return role
    if naming["to"]:
        return replace(role, status="designate")
    return replace(role, status="former" if naming["out"] else None)


def _now(context: Context, at: int, ceiling: int) -> Role | None:
    """The office held now in "Ada Lind, a former senator and now governor of Nevada"."""
    lead = _NOW.match(context.text, at, ceiling)
    if lead is None:
        return None
    office = NOTHING.match(context.text, lead.end())
    role = read_after(context, office, ceiling) if office is not None else None
    return role if role is not None else None


_NOW = re.compile(
    r"(?:[^.;:()\n]{0,80}?,?\s(?:(?:and|but)\s)?(?:who\s)?(?:is\s)?(?:now|currently)\s"
    # "Ada Lind, formerly treasurer, was named president"
    r"|[^.,;:()\n]{0,80}?,\s(?:was|has\sbeen|is)\s(?:named|appointed|elected|promoted\sto)\s(?:as\s)?)"
    r"(?P<set>)(?P<who>)(?P<was>)(?P<late>)(?P<verb>)"
)
