"""The staff pages for lines of things: a clerk asks for them and keeps them, a reviewer judges uses and re-checks (R-19)."""
