"""Lines of things: a use is asked for, assessed and judged, its lines are activated, watched, stopped, checked again and ended (R-19)."""
