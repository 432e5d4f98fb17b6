"""The press: how pages are written out, in which words, and what they hold by the thousand."""
