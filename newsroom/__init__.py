"""The working copy, its actions and the editors' admin."""
