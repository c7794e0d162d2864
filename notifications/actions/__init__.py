"""The actions of telling people: plan what is owed, send one message, retry one."""
