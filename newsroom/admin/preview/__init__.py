"""Previews of a Draft, for editors and by shared links."""
