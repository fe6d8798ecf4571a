"""The screens of what anybody has."""
