"""Many documents: inputs, ledger, local engine."""
