"""The ground everyone stands on: trail, vault, ids, access, policy, states, queue, ui."""
