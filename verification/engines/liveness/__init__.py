"""Whether somebody live was before the camera: passive cues of one picture, and movements asked for."""
