"""What the design costs and saves, measured side by side in PostgreSQL databases of their own. See README.md here."""
