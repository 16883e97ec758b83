"""The staff pages for organisations: a clerk enters them and photographs their papers, a reviewer judges them."""
