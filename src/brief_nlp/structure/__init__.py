"""Pages to reading text: furniture, columns, blocks, masthead, footnotes."""
