"""How a partner stands in a program: suspended, ended, reinstated by staff."""
