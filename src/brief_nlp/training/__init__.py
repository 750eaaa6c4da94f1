"""What models are trained and judged on: the composed texts, their labels, and the making of models."""
