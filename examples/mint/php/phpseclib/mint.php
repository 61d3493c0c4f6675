<?php
// php mint.php KID PUBLIC_KEY_FILE < claims.json
require 'phpseclib3/autoload.php'; // Debian's; with Composer 'vendor/autoload.php'

use phpseclib3\Crypt\PublicKeyLoader;
use phpseclib3\Crypt\RSA;

// phpseclib, since PHP's own OpenSSL functions know OAEP with SHA-1 only.
[, $kid, $keyFile] = $argv;
$publicKey = PublicKeyLoader::load(file_get_contents($keyFile))
    ->withPadding(RSA::ENCRYPTION_OAEP)
    ->withHash('sha256')
    ->withMGFHash('sha256');
$claims = stream_get_contents(STDIN);

function base64url(string $bytes): string
{
    return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
}

// A compact JWE, RFC 7516 section 5.1; gzdeflate is raw deflate, gzcompress would add a zlib wrapper.
$contentKey = random_bytes(16);
$iv = random_bytes(12);
$header = base64url(json_encode(
    ['typ' => 'JWT', 'alg' => 'RSA-OAEP-256', 'enc' => 'A128GCM', 'zip' => 'DEF', 'kid' => $kid]
));
$ciphertext = openssl_encrypt(
    gzdeflate($claims), 'aes-128-gcm', $contentKey, OPENSSL_RAW_DATA, $iv, $tag, $header
);
$segments = [$publicKey->encrypt($contentKey), $iv, $ciphertext, $tag];
echo implode('.', [$header, ...array_map('base64url', $segments)]), "\n";
