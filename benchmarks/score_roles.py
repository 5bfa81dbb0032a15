"""Scores the roles of the people stage against ``gold/roles_dev``, with every miss listed.

    python -m benchmarks.score_roles [--misses] [--annotated {open,kept} | --second]

``--annotated`` scores on the project's own annotations (``models/people/annotations``) instead: ``open`` are
those that rules were written after, ``kept`` those that nobody looks at. ``--second`` compares the two
annotations of the kept articles instead of the program with the first: of roles that are not current alone.

A found role pairs with a gold role of the same person of the article whose words are the same, small letters,
leading "Deputy" and full stops aside. Persons pair where one name holds all words of the other. Of the paired
roles the organisation, country and status are compared as well. Of the roles that are not current (former,
acting, deputy, designate) one is right where its status is right too.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from benchmarks.score_people import found_in
from benchmarks.shared_data import f1, root, rows
from models.recipe.roles import FILE, SECOND, annotated

_DETAILS = ("org", "country", "status")

Stated = dict[str, Any]


def wording(role: str) -> str:
    """A role as it is compared.

    >>> wording("Deputy Prime Minister"), wording("Sen.")
    ('prime minister', 'sen')
    """
    return role.lower().replace(".", "").removeprefix("deputy ").strip()


def same_person(one: str, other: str) -> bool:
    """Whether one of two names holds every word of the other.

    >>> same_person("Ada Lind", "Lind"), same_person("Ada Lind", "Ada Moe")
    (True, False)
    """
    first, second = set(one.lower().split()), set(other.lower().split())
    return first <= second or second <= first


def found_roles(article: dict[str, Any]) -> list[Stated]:
    """The roles that are stated of the people of an article."""
    return [
        {
            "person": mention.name,
            "role": role.role,
            "org": role.role_org,
            "country": role.role_country,
            "status": role.role_status,
        }
        for mention in found_in(article)
        for role in mention.roles
    ]


def paired(gold: list[Stated], found: list[Stated]) -> list[tuple[Stated, Stated]]:
    """Pairs of a gold role and a found one of the same person and wording, one to one."""
    left, pairs = list(found), []
    for wanted in gold:
        for role in left:
            if wording(role["role"]) == wording(wanted["role"]) and same_person(
                role["person"], wanted["person"]
            ):
                pairs.append((wanted, role))
                left.remove(role)
                break
    return pairs


def articles_of(annotated_part: str | None, *, file: Path = FILE) -> list[dict[str, Any]]:
    """The articles of ``gold/roles_dev``, or those of a part of the project's own annotations."""
    if annotated_part is None:
        return rows("gold/roles_dev")
    base = root()
    if base is None:
        raise SystemExit("the shared articles are absent; set NEWSLEDGER_SHARED to their folder")
    return list(annotated(base / "articles", kept=annotated_part == "kept", file=file))


def not_current(stated: list[Stated]) -> list[Stated]:
    """The roles whose status is not current."""
    return [role for role in stated if role["role"] and role["status"] != "current"]


def with_status(gold: list[Stated], found: list[Stated]) -> int:
    """How many of the roles are found with their status."""
    return sum(wanted["status"] == role["status"] for wanted, role in paired(gold, found))


def scores(what: str, gold: int, found: int, right: int) -> str:
    """Scores in one line."""
    return (
        f"{gold} roles {what}: F1 {f1(right, gold, found):.3f} "
        f"(precision {right / found:.3f}, recall {right / gold:.3f})"
    )


def agreement() -> str:
    """How far the second annotation of the kept articles is the first."""
    second = {article["article"]: article["people"] for article in articles_of("kept", file=SECOND)}
    pairs = [
        (not_current(article["people"]), second.get(article["article"], []))
        for article in articles_of("kept")
    ]
    gold, found = (sum(len(pair[side]) for pair in pairs) for side in (0, 1))
    return scores("not current, second annotation", gold, found, sum(with_status(*pair) for pair in pairs))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--misses", action="store_true", help="list every miss")
    parser.add_argument("--annotated", choices=["open", "kept"], help="score on the project's annotations")
    parser.add_argument("--second", action="store_true", help="compare the two annotations")
    args = parser.parse_args()
    if args.second:
        print(agreement())
        return
    counts = [0, 0, 0]
    wanted = got = right = 0
    correct = dict.fromkeys(_DETAILS, 0)
    for article in articles_of(args.annotated):
        gold = [role for role in article["people"] if role["role"]]
        found = found_roles(article)
        pairs = paired(gold, found)
        wanted, got, right = wanted + len(gold), got + len(found), right + len(pairs)
        not_now = not_current(gold), not_current(found)
        for at, count in enumerate((*map(len, not_now), with_status(*not_now))):
            counts[at] += count
        for detail in _DETAILS:
            correct[detail] += sum(line[detail] == role[detail] for line, role in pairs)
        if args.misses:
            for kind, lines, index in (("missed", gold, 0), ("false", found, 1)):
                for line in lines:
                    if not any(line is pair[index] for pair in pairs):
                        print(f"  {kind} {article['article']}: {line['person']}, {line['role']}")
            for line, role in pairs:
                if line["org"] != role["org"]:
                    print(
                        f"  org {article['article']}: {line['person']}, {role['org']!r}, gold {line['org']!r}"
                    )
    print(scores("stated", wanted, got, right))
    print(scores("not current", *counts))
    print("right of found: " + ", ".join(f"{detail} {correct[detail] / right:.3f}" for detail in _DETAILS))


if __name__ == "__main__":
    main()
