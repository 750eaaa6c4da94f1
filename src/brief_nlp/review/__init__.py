"""The page on which an analyst settles claims, and the API behind it."""
