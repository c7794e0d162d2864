"""The API's addresses, under /api/v1/: the endpoints of all apps side by side."""
