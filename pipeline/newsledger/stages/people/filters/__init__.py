"""What is no person: firms, places, storms, cases, beasts and books with the names of people.

`drops` asks the others in turn and names the rule; each of them reads the words around one name.
"""
