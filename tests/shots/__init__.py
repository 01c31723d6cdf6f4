"""Pictures of every view, to be looked at: `python -m tests.shots OUT_DIR`."""
