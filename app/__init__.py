"""From warehouse to pages: every subject a room, and below them what they share."""
