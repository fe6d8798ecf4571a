"""The history of the tables; each revision is static and never edited once released."""
