"""The pages of the workflow: publish, schedule, review, restore, redact, confirm."""
