"""The roles that a text states: the office, its organisation and country, and its status.

`tokens` divides the text and finds the words of offices and the names of others among them; `phrases` reads
a role phrase around an office; `titles` attaches those before a name, `descriptions` those after it, `lists`
those that several names share, `distant` those of other sentences. `statements` writes each role once.
"""
