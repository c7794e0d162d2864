"""The importer: reads and checks data files, and writes them into the newsroom's working copy."""
