"""The worklists of the dashboard."""
