"""What readers meet: pages, the API, feeds and what they share. Knows the record only."""
