"""The API of initiatives: what was promised, with how much money, by when, and what came of it."""
