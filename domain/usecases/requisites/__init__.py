"""A partner's requisites: by which it is named and paid on documents."""
