"""The actions of the newsroom: everything that changes the record or the working copy on somebody's behalf.

They take keyword arguments, are atomic, check permission once and are safe to repeat.
"""
