"""Charts as marks in a view box and as tables: pure functions of documents, numbers and a day."""
