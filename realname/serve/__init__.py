"""The supervisor: starts every process the product needs on one machine, keeps them alive, and stops them all."""
