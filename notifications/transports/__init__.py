"""How reminders leave: what they say, and the mail they say it in."""
