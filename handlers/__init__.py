"""Everything that answers the outside world; one folder per speaker."""
