"""The demo: one folder, three editors, the real record, and web, worker, publisher and beat beside each other."""
