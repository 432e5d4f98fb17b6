"""Drawings of pages: SVG made when publishing, each with a title, a description and the table it stands beside."""
