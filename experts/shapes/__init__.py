"""What readers are shown of what experts said. `pages.PAGES`: see `publishing.shapes`."""
