"""From rows of the warehouse to what the analysis pages judge: pure, without words."""
