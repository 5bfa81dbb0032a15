"""Coreference in one article: links a surname, given name or short form to the full name.

The rules go from sure to unsure, and end in "ambiguous" rather than in a guess:

1. Full names that are one name written twice: equal after folding, one inside the other, an initial or pet
   form for the given name, the parts in the other order, one transliteration for another.
2. A single name is the family name of a person of the article, else the given name, else a nickname.
3. Where several people could be meant, form of address, role, kinship and order of appearance decide;
   where they do not, the mention stands for itself and lists its candidates.

`full_names` does the first of these and `single_names` the rest; `candidates` says who may be meant and what
speaks against it; `entities` holds mentions, links and people.
"""
