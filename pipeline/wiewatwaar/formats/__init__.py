"""The records in other formats than JSON lines: CSV, Parquet, SQLite."""
