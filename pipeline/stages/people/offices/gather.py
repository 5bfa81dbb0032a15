"""Gathers a role from its last word leftwards: what it is about, its status, country and organisation."""

from __future__ import annotations

import re

from pipeline.mentions import CountryMention, NameSpan
from pipeline.stages.people.offices.determiners import determined, opens_bare
from pipeline.stages.people.offices.org import (
    OF_COUNTIES,
    county_of,
    ends_in_portfolio,
    of_its_body,
    of_its_house,
    unfit,
    whole_body,
)
from pipeline.stages.people.offices.roles import (
    POSSESSIVE,
    STEPS,
    Context,
    Role,
    Status,
    Token,
    chief_of,
    first_at_or_after,
    key_of,
    modifier,
    over,
    possessor,
    ranked_deputy,
    spell,
    whole_place,
)
from pipeline.stages.people.tables import Phrase, names, roles, written


def _country_at(context: Context, ends: int) -> tuple[CountryMention | None, int]:
    """The country that ends at ``ends``, a possessive between allowed; and where the look-up ended."""
    text = context.text
    stop = ends
    while stop > 0 and text[stop - 1] in " \t\n\xa0":
        stop -= 1
    mark = POSSESSIVE.search(text, max(0, stop - 2), stop)
    for at in (stop, mark.start() if mark else stop):
        if at in context.country_ends:
            return context.country_ends[at], at
    return None, stop


def _org_at(context: Context, ends: int) -> NameSpan | None:
    text = context.text
    stop = ends
    while stop > 0 and text[stop - 1] in " \t\n\xa0":
        stop -= 1
    if text.endswith(">", 0, stop) and (ticker := _TICKER.search(text, max(0, stop - 12), stop)):
        # "Northam Inc <NTM.L> chairman"
        stop = ticker.start()
        return context.name_ends.get(stop) or context.name_ends.get(stop - text.endswith(".", 0, stop))
    mark = POSSESSIVE.search(text, max(0, stop - 2), stop)
    return context.name_ends.get(stop) or (context.name_ends.get(mark.start()) if mark else None)


_TICKER = re.compile(r"\s?<[A-Z][A-Z.-]*>\Z")


_OVER = ("ex-", "then-")
HIS = frozenset({"HE", "HH", "HRH", "HM"})


def head_ending(tokens: list[Token], i: int) -> tuple[Phrase, int, bool, Status | None] | None:
    """The longest role phrase whose last word is token ``i``: (phrase, first token, plural, status)."""
    if i < 0:
        return None
    table = roles()
    key, status = tokens[i].key, None
    for suffix, meaning in (("-elect", "designate"), ("-designate", "designate")):
        if key.endswith(suffix):
            key, status = key.removesuffix(suffix), meaning
    if key in ("elect", "designate") and i:
        i, status = i - 1, "designate"
        key = tokens[i].key
    for prefix in ("ex-", "then-"):
        if key.startswith(prefix):
            key, status = key.removeprefix(prefix), "former"
    if tokens[i].text in _SPELT_OUT:
        phrase = _SPELT_OUT[tokens[i].text]
        return phrase, i, tokens[i].text[-1] == "s", "deputy" if len(phrase) == 2 else None
    last = spell(key)
    for phrase in table.by_last.get(last[-1], ()):
        if len(last) > 1 and len(phrase) > 1 and last[-2] != phrase[-2]:
            continue
        at, need = i, list(phrase)
        words = list(last)
        past = status
        ok = True
        while need:
            if not words:
                at -= 1
                if at < 0:
                    ok = False
                    break
                word = tokens[at].key
                if word != "state" and possessor(tokens[at]):
                    # "the council's president" is no council president.
                    ok = False
                    break
                for prefix in ("ex-", "then-"):
                    if word.startswith(prefix):
                        word, past = word.removeprefix(prefix), "former"
                words = list(spell(word))
            if words.pop() != need.pop():
                ok = False
                break
        if ok:
            if words == ["deputy"]:
                # "DP", "DIG": the deputy of the office
                if not tokens[at].text.isupper():
                    continue
                past = "deputy"
            single = table.singular.get(phrase, phrase)
            if single in table.capital and not tokens[i].text[0].isupper():
                continue
            if single in table.small and not tokens[i].text[0].islower():
                continue
            if phrase in table.singular and len(single) == 1 and single[0] in table.kin:
                continue
            if (
                phrase in table.singular
                and at
                and tokens[at - 1].key in {"of", "for"}
                and not (tokens[at].text[0].isupper() and at > 1 and tokens[at - 2].text[0].islower())
                and not (at > 1 and tokens[at - 2].key in _SAID_BY)
            ):
                # "the Forum for Authors"
                continue
            if single == ("elder",) and at and tokens[at - 1].key == "the":
                # "the elder Hale"
                continue
            if single[0] in table.verbs and tokens[at].text.islower() and tokens[i].text[0].isupper():
                # "continue to press Secretary Smith"
                continue
            if (
                single == ("officer",)
                and phrase == single
                and at > 1
                and chief_of(tokens, at - 2) is not None
            ):
                # "Chief Happiness Officer"
                single, at = chief_of(tokens, at - 2), at - 2  # type: ignore[assignment]
            return single, at, phrase in table.singular, past  # type: ignore[return-value]
    if key in _DEPUTIES and tokens[i].text.islower() | tokens[i].text.istitle():
        # "Deputy Ana Prado" of a sheriff or a parliament
        return ("deputy",), i, key == "deputies", None
    return None


def _no_office_of_his(tokens: list[Token], ends: int, office: Phrase, at: int, title: Phrase) -> bool:
    """Whether the word that ends at ``ends`` before a title is no office of who bears it."""
    if office == ("chief",) and tokens[at].text.islower():
        # "the city's chief doctor"
        return True
    if office == ("guard",) and ends and tokens[ends - 1].key in _GUARDS:
        # "Coast Guard Captain"
        return True
    if possessor(tokens[ends]):
        # "the Queen's Commissioner"
        return True
    # "Delegation member Rep. Lind"
    return office == ("member",) and title in _MANDATES


_GUARDS = frozenset({"coast", "national", "republican", "presidential", "revolutionary", "border", "home"})
_MANDATES = frozenset({("senator",), ("representative",), ("congressman",), ("congresswoman",)})
_CROWN = frozenset({"queen's", "king's"})
_OF_THE_CROWN = frozenset({"commissioner", "counsel"})
_SPELT_OUT: dict[str, Phrase] = {
    "ADA": ("assistant", "district", "attorney"),
    "ADAs": ("assistant", "district", "attorney"),
    "DDA": ("district", "attorney"),
    "DDAs": ("district", "attorney"),
    "AUSA": ("assistant", "u.s.", "attorney"),
    "AUSAs": ("assistant", "u.s.", "attorney"),
}
"""Abbreviations that are names when they are written otherwise: "ADA Ben Hale", "Ada Hale"."""
_ORDINALS = frozenset({"second", "third"})
_BEFORE_PAST = frozenset({"the", "a", "its", "his", "her", "their", "our", "two", "three", "and", ","})
_CHIEFS = frozenset({"negotiator", "prosecutor", "spokesman", "delegate", "inspector", "investigator"})
_SPECIAL = re.compile(r"(Special|Senior|Assistant) ((?:[A-Z]\.){2,}|[A-Z]{2,4})\Z")
_ACCUSED = frozenset({"suspected", "alleged", "purported"})
_FOR_A_WHILE = frozenset({"briefly", "temporarily"})
_SAID_BY = frozenset({"statement", "letter", "remarks", "testimony", "comments", "questions"})
_DEPUTIES = frozenset({"deputy", "deputies"})
_BETWEEN = frozenset({"and", "or", "of", "to", "for", "by", "in", "at", "the", "a", "an", "but", "with"})
_HELPERS = frozenset({"assistant", "associate"})
_PARTISANS = frozenset({("democrat",), ("republican",)})
"""Before a senator's name they say of which party he is."""


def gather(
    context: Context,
    tokens: list[Token],
    i: int,
    head: tuple[Phrase, int, bool, Status | None],
    *,
    comma: bool,
    closed: bool = False,
    speaks: bool = False,
) -> tuple[Role, int] | None:
    """Go left from a role phrase over its modifiers, status words, country and organisation."""
    table = roles()
    phrase, at, many, status = head
    named = context.name_ends.get(tokens[at].end) if len(phrase) > 1 else None
    inside = named is not None and named.label == "ORG" and named.start_char < tokens[at].start
    county = county_of(context, tokens, at, i) if phrase[-1] in OF_COUNTIES else None
    inside = inside and county is None
    held = _half_named(context, tokens, at, i) if county is None and len(phrase) > 1 else None
    if held is None and inside and phrase[1:] in table.field:
        # "People's Party leader" leads the People's Party.
        phrase, at = phrase[1:], at + 1
    words: list[str] = list(phrase)
    if words[0] == "state" and tokens[at].text.lower().endswith(("'s", "’s")):
        # "State's Attorney", as some counties have it
        words[0] = "state's"
    if phrase in {("nominee",), ("nominees",)}:
        # "justice minister nominee"
        office = head_ending(tokens, at - 1)
        if office is not None and table.field.get(office[0]) in {"cabinet", "state", "local"}:
            phrase, at, status = office[0], office[1], "designate"
            words = list(phrase)
    style = phrase in table.styles
    key_phrase = phrase
    others: list[Role] = []
    # An office before a title of rank: "Defence Minister General Smith".
    if style and not comma:
        # "Prime Minister HH Sheikh Sabah"
        ends = at - 2 if at > 1 and tokens[at - 1].text in HIS else at - 1
        office = head_ending(tokens, ends)
        if office is not None and _no_office_of_his(tokens, ends, office[0], at, phrase):
            office = None
        if office is not None and office[0] not in {phrase, ("deputy",), ("assistant",)} | _PARTISANS:
            if not many:
                others.append(Role(phrase, written(phrase), style=True))
            phrase, at, many, status = office[0], office[1], many or office[2], status or office[3]
            words, key_phrase, style = list(phrase), phrase, phrase in table.styles
    # "president and chief executive Bill Owens"
    if at >= 2 and tokens[at - 1].key in {"and", "&"} and not (many or style or status):
        # Not with "host and ex-legislator": only the one is over.
        office = head_ending(tokens, at - 2)
        if office is not None and not office[2] and (comma or not _two_people(tokens, office[1], at)):
            if _claimed(tokens, office[1]):
                office = None
        else:
            office = None
        if office is not None:
            words = [*office[0], "and", *words]
            at = office[1]
            status = status or office[3]
            if at and tokens[at - 1].key == "deputy":
                words.insert(0, "deputy")
                at -= 1
    first_of_head, size = at, len(words)
    country: CountryMention | None = None
    countries: list[str] = []
    org: str | None = None
    if county is not None and at == head[1]:
        org, at, rank = county
        words[:0] = rank
    elif held is not None and at == head[1]:
        org, at = held
    determiner = False
    gathering = org is None and not (style and table.field.get(phrase) in {"royalty", "religion"})
    joined = False
    for _ in range(STEPS * 2):
        j = at - 1
        if j < 0:
            break
        token = tokens[j]
        opens = (
            _short_form(context, tokens, j) if token.key == ")" and org is None and country is None else None
        )
        if opens is not None:
            # "the Northern Rail Authority (NRA) chief executive"
            at = opens
            continue
        firm = _firm_ending(context, tokens, j, phrase) if token.key == "." and org is None else None
        if firm is not None:
            # "Northam Inc. chief executive"
            org = context.text[firm.start_char : token.end]
            at, gathering = first_at_or_after(tokens, firm.start_char, at), False
            continue
        if token.key in {".", "?", "!", ";", ":", "(", ")", "“", "”", '"', "–", "—", "-"}:
            break
        if (
            gathering
            and token.key in table.modifiers
            and possessor(token)
            and _org_at(context, tokens[at].start) is None
        ):
            # "the company's chief executive": whose office it is, not what it is about.
            determiner = True
            break
        city = _city_of_country(context, token)
        if city is not None and org is None and country is None:
            # "Kuwait City Health Secretary"
            org = f"{city.surface} {token.text}"
            at = first_at_or_after(tokens, city.start_char, at)
            gathering = False
            continue
        if j > 1 and tokens[j - 1].key == "-" and tokens[j - 2].key in {"pro", "anti"}:
            # "pro - government MP": written apart, and no part of the office.
            at, gathering = j - 2, False
            continue
        if gathering and token.text == "State" and j and tokens[j - 1].text == "Free" and org is None:
            org, at, gathering = "Free State", j - 1, False
            continue
        if token.text == "Co":
            # "Harrow and Co analyst": a firm, whether the classifier took it in or not.
            gathering = False
        if token.key in _ORDINALS and token.text.islower() and j and tokens[j - 1].key == "a":
            # "a third journalist": no rank
            at, gathering = j, False
            continue
        if gathering and token.key in table.modifiers and not _names_an_org(context, tokens[at].start):
            if token.key == "under" and words[0] not in {"secretary", "sheriff"}:
                break
            chief = token.key == "chief" and phrase[-1] in _CHIEFS
            if (
                token.text.islower()
                and tokens[at].text[0].isupper()
                and len(tokens[at].text) > 3
                and not chief
            ):
                # "continue to press Secretary Smith"
                break
            # "Assistant U.S. Treasury Secretary"
            if country is None or joined or chief or token.key in _HELPERS:
                words.insert(0, modifier(token))
                at, joined = j, False
                continue
        if gathering and words[0] in _OF_THE_CROWN and token.text.lower().replace("’", "'") in _CROWN:
            words.insert(0, f"{token.key}'s")
            at, gathering = j, False
            continue
        if gathering and words[0] == "affairs" and token.text[0].isupper() and token.text.isalpha() and j > 0:
            words.insert(0, token.key)
            at = j
            continue
        if gathering and token.key in {"and", "&", ","} and j > 0 and words and words[0] in table.portfolio:
            left = tokens[j - 1].key
            if j > 2 and tokens[j - 2].key == "of" and head_ending(tokens, j - 3) is not None:
                # "Minister of State and Foreign Minister"
                left = ""
            alike = tokens[j - 1].text[0].isupper() == tokens[j + 1].text[0].isupper()
            # "Energy and mines minister, ..." opens a sentence.
            if left in table.portfolio and (alike or j == 1 or tokens[j - 2].key in {".", "-"}):
                if token.key != ",":
                    words.insert(0, "and")
                    at = j
                    continue
                if "and" in words:
                    words[0] = words[0]
                    words.insert(0, ",")
                    at = j
                    continue
        if token.key in _ACCUSED and words and not country and not org:
            # "suspected terrorist": it is not said that he is one.
            return None
        if j and tokens[j - 1].key in _FOR_A_WHILE and token.key.endswith("ed"):
            # "a coup that briefly ousted President Lind": he is president again.
            break
        if token.key == "elect":
            # "a crusade to elect Sen. Lind": a verb; who is elect is so after the office.
            break
        if token.key in table.status and not (
            token.key in {"past", "temporary", "new", "present"} and token.text[0].isupper()
        ):
            if token.key == "past" and j and tokens[j - 1].key not in _BEFORE_PAST:
                # "getting past defender Lind"
                break
            if token.key == "deputy" and status is None and j and ranked_deputy(tokens[j - 1]):
                # "Senior Deputy District Attorney": of no rank among the attorneys, but among their deputies
                words[:0] = [tokens[j - 1].key, "deputy"]
                at, gathering = j - 1, False
                continue
            status = over(status, table.status[token.key], words)
            at, gathering = j, False
            continue
        if gathering and token.key.startswith("vice-") and token.key[5:] in table.modifiers:
            # "vice-foreign minister"
            words[:0] = ["vice", token.key[5:]]
            at = j
            continue
        if token.key.startswith(("then-", "ex-")) and token.key.split("-", 1)[1] in table.modifiers:
            words.insert(0, token.key.split("-", 1)[1])
            status, at = "former", j
            continue
        found, _ = _country_at(context, tokens[at].start)
        span = _org_at(context, tokens[at].start)
        if found is not None and _before(context, found).lower().endswith(_OF_A_SIDE):
            # "pro-Syrian Prime Minister": whom he is for
            at = first_at_or_after(tokens, found.start_char - 4, at)
            gathering = False
            continue
        if found is not None and found.mention_type == "name" and _WHERE.search(_before(context, found)):
            # "In Kenya President Lind is expected": where
            break
        if found is not None and org is None and (body := _body_in(context, found)):
            # "Northern Front in Iraq leader"
            org, at, gathering = context.text[body.start_char : found.end_char], j, False
            at = first_at_or_after(tokens, body.start_char, at)
            continue
        if found is not None and (
            span is None
            or span.start_char >= found.start_char
            or span.label == "NORP"
            or unfit(context.text, span)
            or _runs_into(context, found)
        ):
            if country is None:
                country = None if _is_subject(context, found, tokens[at].start, phrase) else found
                if context.text[max(0, found.start_char - 5) : found.start_char].lower().endswith(_OVER):
                    # "ex-France defender"
                    status = status or "former"
                countries.insert(0, found.iso_alpha2 or "")
                at = first_at_or_after(tokens, found.start_char, at)
                gathering = org is None
                continue
            if org is None and (people := _of_two(context, found, country)):
                # "Bosnian Serb leader": neither country's
                country, countries, org = None, [], people
                at = first_at_or_after(tokens, found.start_char, at)
                continue
            break
        if span is not None and span.label == "MISC" and table.field.get(phrase) == "arts":
            # "Cantopop singer": what is sung, not where.
            at, gathering = first_at_or_after(tokens, span.start_char, at), False
            continue
        if span is not None and org is None and country is None and not unfit(context.text, span):
            first, last = whole_place(context.text, span.start_char, span.end_char)
            first = whole_body(context, first)
            org = context.text[first:last].removeprefix("Meet ")
            sent = context.country_starts.get(first) if span.label == "LOC" else None
            if sent is not None and sent.end_char < last:
                # "U.S. Middle East envoy": whose, and where to
                country, org = sent, context.text[sent.end_char : last].strip()
                countries.insert(0, sent.iso_alpha2 or "")
            if tokens[at - 1].key in table.party and phrase[-1] in table.party_posts and " " in org:
                # "Senate Democratic Leader": the party is the post's.
                words.insert(0, tokens[at - 1].key)
                org = org.rsplit(" ", 1)[0]
            elif special := _SPECIAL.match(org):
                # "Special A.U. Representative"
                words.insert(0, special[1].lower())
                org = special[2]
            elif gathering and ends_in_portfolio(org, tokens[at - 1]):
                # "FEMA Federal Insurance Administrator"
                words.insert(0, tokens[at - 1].key)
                org = org.rsplit(" ", 1)[0]
            at = first_at_or_after(tokens, first, at)
            while (
                at > 0 and tokens[at - 1].key in table.portfolio and span.label == "ORG" and org[:1].islower()
            ):
                at -= 1
                org = context.text[tokens[at].start : span.end_char]
            if context.text[max(0, first - 5) : first].lower().endswith(_OVER):
                # "then-U.S. Army Secretary"
                status = status or "former"
                at -= at > 0 and tokens[at - 1].end > first
            gathering = False
            continue
        around = context.name_starts.get(token.start)
        if around is not None and org is None and around.end_char == tokens[at].end and words:
            # "former Washington State Senator": the place ends in a word of the office.
            if words[0] == "county":
                # "Northam County Attorney"
                org = around.surface
            at = j
            gathering = False
            continue
        court = around is not None and around.label == "ORG" and "court" in phrase
        if court and org is None and tokens[at].start < around.end_char <= tokens[i].start:  # type: ignore[union-attr]
            # "Brooklyn Supreme Court Justice": the court is the office's, the place says which
            org = context.text[token.start : tokens[at].start].rstrip()
            at, gathering = j, False
            continue
        if token.key in roles().party and phrase[-1] in roles().party_posts and gathering:
            words.insert(0, token.key)
            at = j
            continue
        if token.key in table.skipped or (token.key in _HELD and j and possessor(tokens[j - 1])):
            if _caught(context, tokens, j):
                break
            at = j
            continue
        if many and token.key in {"and", "&", ","} and countries:
            other, _ = _country_at(context, token.start)
            if other is not None:
                countries.insert(0, other.iso_alpha2 or "")
                at = first_at_or_after(tokens, other.start_char, at)
                continue
        if token.key in {"and", "&"} and j and org is None and words[: len(words) - size]:
            body = _body_with_and(context, tokens, j, first_of_head)
            if body is not None:
                # "Office of Management and Budget Director", of which the span ends before "and"
                org, words = context.text[body.start_char : tokens[first_of_head - 1].end], words[-size:]
                at, gathering = first_at_or_after(tokens, body.start_char, j), False
                continue
        if words[0] in _AGENCIES and j and org is None and token.text.islower() and token.text.isalpha():
            owner = context.name_ends.get(tokens[j - 1].end)
            if owner is not None and owner.label == "ORG" and token.key not in table.function_words:
                # "UN refugee agency spokesman"
                org, words = context.text[owner.start_char : tokens[first_of_head - 1].end], words[-size:]
                at, gathering = first_at_or_after(tokens, owner.start_char, j), False
                continue
        if token.key in {"and", "&"} and not (many or style or country or org or status) and j:
            # "Deputy Prime Minister and Foreign Minister Ana Prado"
            office = head_ending(tokens, j - 1)
            if office is not None and (office[3] or _past(tokens, office[1] - 1)):
                # "former lawmaker and artist": he is still an artist.
                office = None
            if (
                office is not None
                and not office[2]
                and not _claimed(tokens, office[1])
                and (comma or not _two_people(tokens, office[1], at))
            ):
                words = [*office[0], "and", *words]
                at = office[1]
                if at and tokens[at - 1].key == "deputy":
                    words.insert(0, "deputy")
                    at -= 1
                status = status or office[3]
                continue
        if token.key in {"and", "&"} and j and not (many or comma):
            beside = _office_beside(context, tokens, j, country)
            if beside is not None:
                others[:0] = [*beside[0].others, beside[0]]
                at = first_at_or_after(tokens, beside[1], j)
                break
        if (
            phrase[-1] == "professor"
            and j
            and org is None
            and country is None
            and _subject(context, tokens, j)
        ):
            # "former Harvard history professor"
            words.insert(0, token.key)
            at = j
            continue
        former = _past_words(context, tokens, j)
        if former is not None:
            # "former pro-government MP", "former world triple-jump champion": no part of the office
            at, gathering = former, False
            continue
        # "Another brother and former finance minister, ..."
        of_kin = comma and j > 0 and token.key == "and" and tokens[j - 1].key in table.kin
        determiner = determined(context, tokens, j - 2 if of_kin else j, closed=closed)
        break
    if comma and (closed or speaks) and not (determiner or many) and opens_bare(context.text, tokens, at):
        determiner = True
    if comma and not (determiner or country or org):
        return None
    while words and words[0] in {"and", ",", "&"}:
        words.pop(0)
    if words and words[-1] == "counterpart":
        return None
    org, words = of_its_house(org, words)
    org, words = of_its_body(context.text, tokens, first_of_head, size, org, words)
    text = written(tuple(words)).replace(" ,", ",")
    role = Role(
        key_phrase,
        text,
        status=status or "current",
        country=None if len(countries) > 1 else country.iso_alpha2 if country else None,
        org=" ".join(org.split()) if org else None,
        many=many,
        countries=tuple(countries) if many and len(countries) > 1 else (),
        style=style,
        others=tuple(others),
    )
    return role, tokens[at].start if at < len(tokens) else 0


_HELD = frozenset({"detained", "imprisoned", "arrested"})
_CAUGHT = frozenset({"jailed", "defeated"})


def _caught(context: Context, tokens: list[Token], j: int) -> bool:
    """Whether a participle is a verb, as after a country's bare name: "Kenya jailed activist Ana Prado"."""
    if tokens[j].key not in _CAUGHT or not tokens[j].text.islower() or not j:
        return False
    found = context.country_ends.get(tokens[j - 1].end)
    return found is not None and found.mention_type == "name"


_OPEN_OFFICES = frozenset({"press", "fire", "high", "supreme", "county"})
"""The first words of offices in which a classifier ends an organisation: "White House Press" Secretary."""


def _half_named(context: Context, tokens: list[Token], at: int, i: int) -> tuple[str, int] | None:
    """The organisation, and its first token, whose span holds the first words of the office at..i as well."""
    if tokens[at].key not in _OPEN_OFFICES or not tokens[at].text[0].isupper():
        return None
    for token in tokens[at:i]:
        span = context.name_ends.get(token.end)
        if span is not None and span.start_char < tokens[at].start:
            place = tokens[at].key == "county"
            org = context.text[span.start_char : span.end_char if place else tokens[at].start].strip()
            first = first_at_or_after(tokens, span.start_char, at)
            known = span.start_char in context.country_starts or POSSESSIVE.search(org)
            return None if known or tokens[first].start != span.start_char else (org, first)
    return None


_AGENCIES = frozenset({"agency", "committee", "commission", "council", "ministry", "department"})


def _body_with_and(context: Context, tokens: list[Token], at: int, head: int) -> NameSpan | None:
    """The span before "and" at ``at`` that goes on to the office, in capitals: "Office of Management"."""
    span = context.name_ends.get(tokens[at - 1].end)
    if span is None or span.label != "ORG" or " of " not in span.surface:
        return None
    return span if all(token.text[0].isupper() for token in tokens[at + 1 : head]) else None


_FIRM_ENDS = frozenset({"Inc", "Corp", "Co", "Cos", "Ltd", "Bros"})


def _firm_ending(context: Context, tokens: list[Token], at: int, phrase: Phrase) -> NameSpan | None:
    """The firm whose "Inc." ends in the stop at ``at``, before an office of business.

    After a preposition the sentence may end there: "She works for Northam Inc. President Hale said".
    """
    if at < 2 or tokens[at - 1].text not in _FIRM_ENDS or roles().field.get(phrase) != "business":
        return None
    span = context.name_ends.get(tokens[at].end) or context.name_ends.get(tokens[at].start)
    if span is None or span.label != "ORG":
        return None
    first = first_at_or_after(tokens, span.start_char, at)
    return None if first and tokens[first - 1].key in roles().function_words else span


def _office_beside(
    context: Context, tokens: list[Token], at: int, country: CountryMention | None
) -> tuple[Role, int] | None:
    """The first office in "Interior Minister and deputy Unity leader Ana Prado", before "and" at ``at``.

    Not after "the", where it may be somebody else's, nor where the second is of a country of its own.
    """
    head = head_ending(tokens, at - 1)
    if head is None or head[2] or _claimed(tokens, head[1]):
        return None
    found = gather(context, tokens, at - 1, head, comma=False)
    if found is None:
        return None
    role, start = found
    first = first_at_or_after(tokens, start, at)
    opener = tokens[first - 1].key if first else ""
    if opener in {"the", "between", ",", "and"} or (
        country is not None and role.country != country.iso_alpha2
    ):
        return None
    return found


def _subject(context: Context, tokens: list[Token], j: int) -> bool:
    """Whether token ``j`` is a noun right after an organisation: "Lowell history" of a professor."""
    token = tokens[j]
    span = context.name_ends.get(tokens[j - 1].end)
    return (
        span is not None
        and span.label == "ORG"
        and token.text.islower()
        and token.text.isalpha()
        and token.key not in roles().function_words
        and token.key not in _BETWEEN
    )


def _past_words(context: Context, tokens: list[Token], j: int) -> int | None:
    """The token after "former", where only a few nouns in small letters or a people stand between."""
    table = roles()
    if j and tokens[j].text.istitle() and tokens[j].text.isalpha() and tokens[j].key not in table.modifiers:
        # "former Kurdish leader", "former Bosnian Serb leader"
        adjective = j > 1 and tokens[j - 1].end in context.country_ends
        at = j - 1 if adjective else j
        return at if tokens[at - 1].key == "former" else None
    for k in range(j, max(0, j - 4), -1):
        token = tokens[k]
        if not token.text.islower() or token.key in table.function_words or token.key in _BETWEEN:
            return None
        if token.key in _BECAME or (token.key,) in table.field or not token.text[-1].isalnum():
            return None
        if tokens[k - 1].key == "former":
            return k
        if possessor(token):
            return None
    return None


_BECAME = frozenset({"turned", "now", "current"})


def _short_form(context: Context, tokens: list[Token], shut: int) -> int | None:
    """The token that opens the brackets closed at ``shut``, if an organisation's short form is in them."""
    opens = shut - 2
    if context.text.startswith(".", tokens[shut].end):
        # "Office of Health (OH). Director Ana Prado"
        return None
    if opens < 1 or tokens[opens].key != "(" or not tokens[opens + 1].text.isupper():
        return None
    span = _org_at(context, tokens[opens].start)
    return opens if span is not None and span.label == "ORG" else None


def _city_of_country(context: Context, token: Token) -> CountryMention | None:
    """The country in "Kuwait City" that ends at ``token``."""
    if token.text != "City":
        return None
    found = context.country_ends.get(token.start - 1)
    return found if found is not None and found.mention_type == "name" else None


_OF_A_SIDE = ("pro-", "anti-", "non-")


def _runs_into(context: Context, people: CountryMention) -> bool:
    """Whether an organisation's span took in whose the office is: "Northam Front of Kenyan" President."""
    return people.mention_type != "name" and context.text.endswith((" of ", " by "), 0, people.start_char)


_WHERE = re.compile(r"(?:\A|\s)In (?:the )?\Z")


def _before(context: Context, place: CountryMention) -> str:
    """The few letters before a country."""
    return context.text[max(0, place.start_char - 8) : place.start_char]


def _body_in(context: Context, place: CountryMention) -> NameSpan | None:
    """The organisation in "Northern Front in Iraq", whose last word is ``place``."""
    if place.mention_type != "name" or not context.text.endswith(" in ", 0, place.start_char):
        return None
    span = context.name_ends.get(place.start_char - 4)
    return span if span is not None and span.label == "ORG" else None


def _of_two(context: Context, one: CountryMention, other: CountryMention) -> str:
    """The people that two adjectives name together: "Bosnian Serb", "Turkish Cypriot"; else nothing."""
    if (one.mention_type == "name") != (other.mention_type == "name") or other.start_char - one.end_char != 1:
        # "KENYA Ugandan President Lind": a dateline
        return ""
    return context.text[one.start_char : other.end_char]


def _is_subject(context: Context, found: CountryMention, start: int, phrase: Phrase) -> bool:
    """ "a China specialist": a country's name without "'s" before one who knows about it."""
    between = context.text[found.end_char : start]
    return phrase[-1] in roles().topical and found.mention_type == "name" and not between.strip()


def _names_an_org(context: Context, ends: int) -> bool:
    """Whether an organisation ends here whose name says more than a portfolio ("European Commission")."""
    span = _org_at(context, ends)
    if span is None or span.label == "NORP":
        return False
    if span.label == "LOC" and " " in span.surface:
        # "Mexico City Health Secretary"
        return True
    country = context.country_starts.get(span.start_char)
    start = country.end_char if country is not None and country.end_char < span.end_char else span.start_char
    words = [key_of(word) for word in context.text[start : span.end_char].split()]
    return words[-1] in roles().institutions or any(word not in roles().modifiers for word in words)


def _past(tokens: list[Token], i: int) -> bool:
    """Whether token ``i`` says that the office after it is over, or not yet held."""
    return i >= 0 and roles().status.get(tokens[i].key) in {"former", "acting", "designate"}


def _claimed(tokens: list[Token], first: int) -> bool:
    """ "Ana Prado, the deputy chief and Minister Jane Lind": the chief is the one named before.

    The tokens begin where the name before ends.
    """
    if not tokens or tokens[0].key not in {",", "("} or first > 7:
        return False
    between = tokens[1:first]
    return all(t.key[0].isalnum() and t.key not in names().speech for t in between)


def _two_people(tokens: list[Token], first: int, second: int) -> bool:
    """ "the Congressman and Director Smith": with "the" and a capital the first is somebody else."""
    return (
        first > 0
        and tokens[first - 1].key == "the"
        and tokens[first].text[0].isupper()
        and tokens[second].text[0].isupper()
    )
