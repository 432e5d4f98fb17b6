"""The site on this machine: pages made as they are asked for, and names reconciled for OpenRefine."""

from whosbehind.server.app import application
from whosbehind.server.door import LOOPBACK
from whosbehind.server.listening import Listening, Server, listen, stock, take

__all__ = ["LOOPBACK", "Listening", "Server", "application", "listen", "stock", "take"]
