"""The crash-safe TinyDB storage: files, locks, frames, snapshots, recovery, compaction, tables.

Nothing here knows what is stored: documents are JSON objects in tables, as TinyDB has them.
"""
