"""Pure double entry: accounts, journal, and one constructor per business fact (R17)."""
