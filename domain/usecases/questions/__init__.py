"""Questions to the vendor: asking, answering, handing over (R46)."""
