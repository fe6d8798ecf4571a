"""What links brought, day by day."""
