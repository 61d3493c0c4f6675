# ruby mint.rb KID PUBLIC_KEY_FILE < claims.json
require 'jwe'
require 'openssl'

kid, key_file = ARGV
public_key = OpenSSL::PKey::RSA.new(File.read(key_file))
claims = $stdin.binmode.read

puts JWE.encrypt(claims, public_key,
                 typ: 'JWT', alg: 'RSA-OAEP-256', enc: 'A128GCM', zip: 'DEF', kid: kid)
