"""The form of what the site as a whole says."""
