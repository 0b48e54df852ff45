"""Errors that the user can put right."""


class UserError(Exception):
    """Something the user can put right: its text says in one line what is wrong and what to do.

    The command line prints it and ends with exit code 2.
    """
