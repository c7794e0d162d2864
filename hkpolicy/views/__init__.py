"""Pages that join apps, and what every page shows: its URL in each language, its search box, its error link."""
