"""Documents of pay-outs, and the signed copies that come back."""
