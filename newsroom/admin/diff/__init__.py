"""What differs between two versions, in words and with links to the fields."""
