"""Speed, memory and weight, measured beside a floor or a peer in the same run. Tests never time anything; this does."""
