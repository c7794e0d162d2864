"""The demo: one folder, three editors, the real record, and web, worker and beat beside each other."""
