"""The site: pages where every number opens its rows, as static files or served on loopback."""
