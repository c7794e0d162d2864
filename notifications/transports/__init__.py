"""How reminders and notices are sent: their words, and the mail that carries them."""
