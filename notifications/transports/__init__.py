"""The mails that carry reminders and notices, and their words."""
