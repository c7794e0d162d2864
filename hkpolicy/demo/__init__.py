"""The demo: one folder, three editors, the real record, and the web, worker, publisher and beat processes."""
