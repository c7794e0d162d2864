"""What readers are shown of what was promised. `pages.PAGES`: see `publishing.shapes`."""
