"""Turning working rows into documents, and documents into what a publication would append."""
