"""Who is speaking, may it, in which language, how fast; and refusals put into words."""
