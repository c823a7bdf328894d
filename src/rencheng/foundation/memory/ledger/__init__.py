"""The ledger: sent = stored + duplicate + rejected, per source, always."""
