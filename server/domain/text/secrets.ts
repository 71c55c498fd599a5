/*
 * Secrets that stand where none belongs: in an address, a message or a name. They are found by the form of our tokens, and by the names that
 * people give to secrets.
 */

/** A token of this program, also one that was cut. The id stays readable, because it is no secret and tells which token to revoke. */
const ownToken = /(exposure_[0-9a-f]{16}_)[\w-]{8,}/gi;
/** A secret that signs webhooks. */
const webhookSecret = /(whsec_)[A-Za-z0-9+/]{8,}={0,2}/g;
/** Passwords before the host of a URL. */
const userInfo = /\/\/[^\s/?#@"']+@/g;
const bearer = /\b(bearer(?:\s|%20|\+)+)[\w.~+/=-]{16,}/gi;
const names = 'token|secret|password|passwd|passphrase|authorization|api[_-]?key|bearer|credentials?|jwt|session[_-]?id';
/** `name=value`, and `"name":"value"` in JSON, in a text that holds JSON, and percent-encoded. */
const assigned = new RegExp(
  `((?:${names})(?:\\\\*["'\\]]|%22|%5D)*\\s*(?:=|%3D)\\s*)(?:(?:bearer|basic)(?:\\s|%20|\\+)+)?[^\\s"'&,;\\\\}\\])]+`,
  'gi',
);
const quoted = new RegExp(`((?:${names})(?:\\\\*["']|%22)\\s*(?::|%3A)\\s*(?:\\\\*["']|%22))[^"'&\\\\]+`, 'gi');
/** A header in a text. Shorter words are prose: "Authorization: Bearer TOKEN". */
const stated = new RegExp(`((?:${names})\\s*:\\s*)[\\w.~+/=-]{16,}`, 'gi');

const secretName = new RegExp(`(?:${names.replaceAll('[_-]?', '')})s?$|^(?:auth|pass|pwd)$`);

export const redacted = '[redacted]';

/** The text without the secrets in it. Linear in its length. */
export function redactSecrets(text: string): string {
  return text
    .replace(ownToken, `$1${redacted}`)
    .replace(webhookSecret, `$1${redacted}`)
    .replace(userInfo, '//…@')
    .replace(assigned, `$1${redacted}`)
    .replace(quoted, `$1${redacted}`)
    .replace(bearer, `$1${redacted}`)
    .replace(stated, `$1${redacted}`);
}

/** Whether a parameter, a variable or a header of this name holds a secret: `token`, `api-key`, `accessToken`, `auth[password]`. */
export function isSecretName(name: string): boolean {
  return secretName.test(name.toLowerCase().replace(/[^a-z0-9]/g, ''));
}

/** Whether a text holds a token of this program, whole or cut. */
export function holdsToken(text: string): boolean {
  return text.search(ownToken) >= 0;
}
