import type { CodeEntry } from '../finding.ts';

/** Codes about the text of a token, its header and its key. */
export const tokenCodes = {
  token_too_long: {
    level: 'structure',
    severity: 'error',
    message: 'The token is longer than any legal token.',
    hint: 'A token has at most 655,360 characters.',
  },
  token_segments: {
    level: 'structure',
    severity: 'error',
    message: 'The token is not a compact JWE of five segments.',
    hint: 'Pass the whole token: five parts with a dot between each, and nothing before or after.',
  },
  token_not_base64url: {
    level: 'structure',
    severity: 'error',
    message: 'A segment of the token is not canonical base64url.',
    hint: 'Pass the token as it was minted: no padding, blanks or line breaks.',
  },
  token_segment_length: {
    level: 'structure',
    severity: 'error',
    message: 'A segment of the token does not have the length that its algorithm demands.',
    hint: 'Encrypted key as long as the modulus, initialisation vector 12 bytes, tag 16 bytes.',
  },
  header_name_refused: {
    level: 'structure',
    severity: 'error',
    message: 'The header has a member that is not allowed.',
    hint: 'Only typ, alg, enc, zip, kid and, for signed tokens, cty may stand in the header.',
  },
  header_value_refused: {
    level: 'structure',
    severity: 'error',
    message: 'A header member does not have its fixed value.',
    hint: 'typ is JWT, alg is RSA-OAEP-256, enc is A128GCM, zip is DEF or absent, cty is JWT or absent.',
  },
  header_member_missing: {
    level: 'structure',
    severity: 'error',
    message: 'A mandatory header member is missing.',
    hint: 'typ, alg, enc and kid are mandatory.',
  },
  kid_form: {
    level: 'structure',
    severity: 'error',
    message: 'The key id does not have the form of a configuration id.',
    hint: 'A kid is 24 hexadecimal digits.',
  },
  kid_unknown: {
    level: 'logic',
    severity: 'error',
    message: 'No token configuration has this key id.',
    hint: 'Copy the kid from the list of token configurations.',
  },
  kid_disabled: {
    level: 'logic',
    severity: 'error',
    message: 'The token configuration is disabled.',
    hint: 'Enable the configuration, or use another one.',
  },
  public_key_invalid: {
    level: 'logic',
    severity: 'error',
    message: 'Invalid public key.',
    hint: 'Use the secret that was shown when this token configuration was created.',
  },
  signature_missing: {
    level: 'logic',
    severity: 'error',
    message: 'The token configuration takes signed tokens only, and this one is not signed.',
    hint: 'Sign the claims with the key that the configuration knows, then encrypt with cty JWT.',
  },
  signature_unexpected: {
    level: 'logic',
    severity: 'error',
    message: 'The token is signed, and its configuration takes plain tokens only.',
    hint: 'Register the signing key in the configuration, or mint without one.',
  },
  signature_form: {
    level: 'logic',
    severity: 'error',
    message: 'Inside the encryption there is no signed token of the demanded form.',
    hint: 'A compact JWS whose header is exactly alg, as the configuration has it, and typ wat+jwt.',
  },
  signature_invalid: {
    level: 'logic',
    severity: 'error',
    message: 'The signature does not belong to the signing key of the configuration.',
    hint: 'Sign with the private half of the key that the configuration shows.',
  },
  signing_key_needed: {
    level: 'logic',
    severity: 'error',
    message:
      'The token configuration takes signed tokens only, and the service has no signing key.',
    hint: 'Mint where the signing key is: mintToken with signingKey, or wat mint --signing-key.',
  },
  suite_refused: {
    level: 'logic',
    severity: 'error',
    message:
      'The token is encrypted with other algorithms than the keys of its configuration take.',
    hint: 'Mint with the alg and enc of the secret: one key, one pair of algorithms.',
  },
  not_decryptable: {
    level: 'logic',
    severity: 'error',
    message: 'The token cannot be decrypted with the key of its configuration.',
    hint: 'It was minted with the secret of another configuration, or it was changed afterwards.',
  },
} as const satisfies Record<string, CodeEntry>;
