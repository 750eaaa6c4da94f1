"""PDF bytes to pages of lines: characters, fonts, boxes."""
