"""The sub-commands of `kayton`, one module each; imported only when they are used."""
