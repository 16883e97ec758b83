"""TLS before an SMSC process on loopback, as operators have it: a proxy that ends it, with a certificate of a test's own authority."""

import contextlib
import datetime
import ipaddress
import socket
import ssl
import threading
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

SECONDS = 20


class Authority:
    """Signs certificates; `file` holds its own, which a client is told to trust."""

    def __init__(self, folder: Path, name: str = "authority") -> None:
        self._folder, self._key = folder, ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        own = self._builder(self._name, self._key, days=30).add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        self.file = folder / f"{name}.pem"
        self.file.write_bytes(own.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))

    def certificate(self, *, address: str = "127.0.0.1", days: int = 30) -> Path:
        """Certificate and key (PEM) of a server at this address; of negative days, over already."""
        key = ec.generate_private_key(ec.SECP256R1())
        names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))])
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "smsc")])
        signed = self._builder(subject, key, days=days).add_extension(names, critical=False).sign(self._key, hashes.SHA256())
        pem = serialization.Encoding.PEM
        private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        path = self._folder / f"server-{signed.serial_number}.pem"
        path.write_bytes(signed.public_bytes(pem) + private)
        return path

    def _builder(self, subject: x509.Name, key: ec.EllipticCurvePrivateKey, *, days: int) -> x509.CertificateBuilder:
        end = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=days)
        return (
            x509.CertificateBuilder(issuer_name=self._name, subject_name=subject, public_key=key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(end - datetime.timedelta(days=60))
            .not_valid_after(end)
        )


class TlsFront:
    """Takes TLS on a port of its own and passes what is in it to a plain port; `heard` is how many octets came through."""

    def __init__(self, plain_port: int, certificate: Path) -> None:
        self._plain_port, self.heard = plain_port, 0
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(certificate)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Take no more."""
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                raw, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(raw,), daemon=True).start()

    def _serve(self, raw: socket.socket) -> None:
        raw.settimeout(SECONDS)
        far = socket.create_connection(("127.0.0.1", self._plain_port), timeout=SECONDS)
        with contextlib.suppress(OSError), far, self._context.wrap_socket(raw, server_side=True) as near:
            near.settimeout(None)
            far.settimeout(None)
            threading.Thread(target=self._pass_on, args=(far, near), daemon=True).start()
            self._pass_on(near, far, count=True)

    def _pass_on(self, source: socket.socket, target: socket.socket, *, count: bool = False) -> None:
        with contextlib.suppress(OSError):
            while chunk := source.recv(8192):
                self.heard += len(chunk) if count else 0
                target.sendall(chunk)
            target.shutdown(socket.SHUT_WR)
