"""Taking pictures in: from what an editor uploads to the files that readers get."""
