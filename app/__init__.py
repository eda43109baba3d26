"""From warehouse to pages."""
