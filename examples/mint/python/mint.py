# python3 mint.py KID PUBLIC_KEY_FILE < claims.json
import sys

from jwcrypto.jwe import JWE
from jwcrypto.jwk import JWK

kid, key_file = sys.argv[1:]
with open(key_file, "rb") as file:
    public_key = JWK.from_pem(file.read())
claims = sys.stdin.buffer.read()

header = {"typ": "JWT", "alg": "RSA-OAEP-256", "enc": "A128GCM", "zip": "DEF", "kid": kid}
token = JWE(claims, protected=header, recipient=public_key)
print(token.serialize(compact=True))
