"""Pictures of what was read, and the page that tells it."""
