"""Ways out to phones: what each must be able to do (`base`), which are in use (`routes`), what is told (`kinds`)."""
