"""Sentences about promises and money, in three languages: pure functions of documents and a day."""
