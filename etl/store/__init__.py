"""One build: what it stands on, its draft, its checks, and how it is published."""
