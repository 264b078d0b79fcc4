"""What executes programs: the native VM's binding and the reference evaluator. Imports no pass."""
