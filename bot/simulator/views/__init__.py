"""How the world looks: to the bot as Bot API objects, to the page as views."""
