"""`make audit`: the whole site measured from outside, by tools no one here wrote."""
