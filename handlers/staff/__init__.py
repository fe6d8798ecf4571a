"""Staff in the admin chat."""
