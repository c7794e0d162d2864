"""Pages that join apps, and what every page has: its address in each language, its search box, its error link."""
