"""How personal data is encrypted (docs/vault.md)."""

from realname.paths import var_dir
from realname.settings import env
from realname.vault.algorithms import AES_256_GCM, SM4_GCM

KEYRING_FILE = env.text("KEYRING_FILE", str(var_dir() / "keys" / "keyring.json"))
# For new data; what is there already names its own. SM4 where the operator must.
VAULT_ALGORITHM = env.choice("VAULT_ALGORITHM", [AES_256_GCM, SM4_GCM], AES_256_GCM)
