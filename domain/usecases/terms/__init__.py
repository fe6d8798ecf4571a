"""The home of the versions of terms: published, announced, accepted."""
