"""The URLs of the API under /api/v1/: the endpoints of all apps side by side."""
