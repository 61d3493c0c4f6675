# perl mint.pl KID PUBLIC_KEY_FILE < claims.json
use strict;
use warnings;

use Crypt::JWT qw(encode_jwt);
use Crypt::PK::RSA;

my ($kid, $key_file) = @ARGV;
my $public_key = Crypt::PK::RSA->new($key_file);
binmode STDIN;
my $claims = do { local $/; <STDIN> };

print encode_jwt(
    payload       => $claims,
    key           => $public_key,
    alg           => 'RSA-OAEP-256',
    enc           => 'A128GCM',
    zip           => 'deflate',
    extra_headers => { typ => 'JWT', kid => $kid },
), "\n";
