"""Pages of the ledger: nothing that was sent is lost, and anybody on the staff can see it."""
