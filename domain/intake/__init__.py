"""How reported facts change the world: a set is loaded, decided in memory, written at once.

Use cases open the transaction, load ``Facts`` for the events at hand, apply them with the pure
functions of this room, and save what changed. Nothing here waits or speaks to the outside.
"""
