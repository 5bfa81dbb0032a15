"""Scores the roles of the people stage against ``gold/roles_dev``, with every miss listed.

    python -m benchmarks.score_roles [--misses] [--annotated {open,kept}]

``--annotated`` scores on the project's own annotations (``models/people/annotations``) instead: ``open`` are
those that rules were written after, ``kept`` those that nobody looks at.

A found role pairs with a gold role of the same person of the article whose words are the same, small letters,
leading "Deputy" and full stops aside. Persons pair where one name holds all words of the other. Of the paired
roles the organisation, country and status are compared as well.
"""

from __future__ import annotations

import argparse
from typing import Any

from benchmarks.score_people import found_in
from benchmarks.shared_data import f1, root, rows
from models.recipe.roles import annotated

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


def articles_of(annotated_part: str | None) -> list[dict[str, Any]]:
    """The articles of ``gold/roles_dev``, or those of a part of the project's own annotations."""
    if annotated_part is None:
        return rows("gold/roles_dev")
    base = root()
    if base is None:
        raise SystemExit("the shared articles are absent; set NEWSLEDGER_SHARED to their folder")
    return list(annotated(base / "articles", kept=annotated_part == "kept"))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--misses", action="store_true", help="list every miss")
    parser.add_argument("--annotated", choices=["open", "kept"], help="score on the project's annotations")
    args = parser.parse_args()
    wanted = got = right = 0
    correct = dict.fromkeys(_DETAILS, 0)
    for article in articles_of(args.annotated):
        gold = [line for line in article["people"] if line["role"]]
        found = found_roles(article)
        pairs = paired(gold, found)
        wanted, got, right = wanted + len(gold), got + len(found), right + len(pairs)
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
    print(
        f"{wanted} roles stated: F1 {f1(right, wanted, got):.3f} "
        f"(precision {right / got:.3f}, recall {right / wanted:.3f})"
    )
    print("right of found: " + ", ".join(f"{detail} {correct[detail] / right:.3f}" for detail in _DETAILS))


if __name__ == "__main__":
    main()
