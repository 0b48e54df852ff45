"""The entities of many records as one."""
