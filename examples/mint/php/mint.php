<?php
// php mint.php KID PUBLIC_KEY_FILE < claims.json
require __DIR__ . '/vendor/autoload.php';

use Jose\Component\Core\AlgorithmManager;
use Jose\Component\Encryption\Algorithm\ContentEncryption\A128GCM;
use Jose\Component\Encryption\Algorithm\KeyEncryption\RSAOAEP256;
use Jose\Component\Encryption\JWEBuilder;
use Jose\Component\Encryption\Serializer\CompactSerializer;
use Jose\Component\KeyManagement\JWKFactory;

[, $kid, $keyFile] = $argv;
$publicKey = JWKFactory::createFromKeyFile($keyFile);
$claims = stream_get_contents(STDIN);

$builder = new JWEBuilder(new AlgorithmManager([new RSAOAEP256(), new A128GCM()]));
$token = $builder
    ->create()
    ->withPayload($claims)
    ->withSharedProtectedHeader([
        'typ' => 'JWT',
        'alg' => 'RSA-OAEP-256',
        'enc' => 'A128GCM',
        'kid' => $kid,
    ])
    ->addRecipient($publicKey)
    ->build();
echo (new CompactSerializer())->serialize($token), "\n";
