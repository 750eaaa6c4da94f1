"""What other tools read: bibliographies."""
