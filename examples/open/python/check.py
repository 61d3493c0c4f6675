# wat vectors | python3 check.py
# Steps 1 and 2 of docs/vectors.md: text, header, decryption. Names the vectors that this opener gets wrong.
import base64
import hashlib
import json
import re
import sys
import zlib

from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

MAX_TOKEN, MAX_TEXT = 655_360, 1_048_576
FIXED = {"typ": "JWT", "alg": "RSA-OAEP-256", "enc": "A128GCM"}
OAEP_256 = OAEP(mgf=MGF1(SHA256()), algorithm=SHA256(), label=None)


def require(holds):
    if not holds:
        raise ValueError


def decode(segment):
    """Bytes of a segment in its one spelling: the decoder alone would also take others."""
    data = base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4))
    require(segment and base64.urlsafe_b64encode(data).rstrip(b"=").decode() == segment)
    return data


def unique(pairs):
    require(len(dict(pairs)) == len(pairs))
    return dict(pairs)


def read_header(data):
    header = json.loads(data.decode("utf-8"), object_pairs_hook=unique)
    kid = header.pop("kid")
    require(header.pop("zip", "DEF") == "DEF" and header == FIXED)
    require(isinstance(kid, str) and re.fullmatch("[0-9a-f]{24}", kid))
    return kid, b'"DEF"' in data


def inflate(data):
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    text = stream.decompress(data, MAX_TEXT + 1)
    require(len(text) <= MAX_TEXT and stream.eof and not stream.unused_data)
    return text


def open_token(token, keys):
    require(len(token) <= MAX_TOKEN and token.count(".") == 4)
    head = token.split(".")[0]
    header, encrypted_key, iv, ciphertext, tag = map(decode, token.split("."))
    require((len(encrypted_key), len(iv), len(tag)) == (256, 12, 16))
    kid, is_deflated = read_header(header)
    content_key = keys[kid].decrypt(encrypted_key, OAEP_256)
    require(len(content_key) == 16)
    text = AESGCM(content_key).decrypt(iv, ciphertext + tag, head.encode())
    return inflate(text) if is_deflated else text


def outcome(token, keys):
    try:
        return hashlib.sha256(open_token(token, keys)).hexdigest()
    except Exception:  # Whatever goes wrong is one refusal.
        return "refused"


document = json.load(sys.stdin)
keys = {document["kid"]: load_pem_private_key(document["privateKey"].encode(), None)}
wrong = [
    vector["name"]
    for vector in document["vectors"]
    if vector.get("step") != 3
    and outcome(vector["token"], keys) != vector.get("textSha256", "refused")
]
print(*wrong, sep="\n") if wrong else print("all right")
sys.exit(len(wrong) > 0)
