"""How the mention model is made: `annotations` -> `prepare` -> `train` -> `export`, scored by `score`."""
