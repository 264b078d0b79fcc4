"""The command `kayton` as people meet it: processes, with the native launcher and without."""
