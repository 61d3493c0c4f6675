# ruby mint.rb KID PUBLIC_KEY_FILE < claims.json
require 'base64'
require 'json'
require 'openssl'
require 'zlib'

def base64url(bytes) = Base64.urlsafe_encode64(bytes, padding: false)

# Raw deflate, RFC 1951: Zlib.deflate would add a zlib wrapper.
def deflate(text)
  Zlib::Deflate.new(Zlib::DEFAULT_COMPRESSION, -Zlib::MAX_WBITS).deflate(text, Zlib::FINISH)
end

# A compact JWE, RFC 7516 section 5.1.
def mint(kid, public_key, claims)
  header = base64url({ typ: 'JWT', alg: 'RSA-OAEP-256', enc: 'A128GCM', zip: 'DEF', kid: kid }.to_json)
  aes = OpenSSL::Cipher.new('aes-128-gcm').encrypt
  content_key = aes.random_key
  iv = aes.random_iv
  aes.auth_data = header
  ciphertext = aes.update(deflate(claims)) + aes.final
  encrypted_key = public_key.encrypt(content_key, rsa_padding_mode: 'oaep', rsa_oaep_md: 'sha256')
  [header, *[encrypted_key, iv, ciphertext, aes.auth_tag(16)].map { |bytes| base64url(bytes) }].join('.')
end

kid, key_file = ARGV
public_key = OpenSSL::PKey.read(File.read(key_file))
puts mint(kid, public_key, $stdin.binmode.read)
