"""A partner's invoices: asked for, issued, paid."""
