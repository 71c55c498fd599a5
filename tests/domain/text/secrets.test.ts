import { holdsToken, isSecretName, redacted, redactSecrets } from '../../../server/domain/text/secrets.ts';
import { describe, expect, it } from '../../support/test.ts';

const secret = 'Zx9_hidden-value.0123456789';
const token = `exposure_0123456789abcdef_${'aB3-_'.repeat(8)}xyz`;

describe('a text with a secret', () => {
  it.each([
    ['our token', `subject ${token} end`],
    ['our token, cut', `subject ${token.slice(0, 40)}`],
    ['a parameter', `/api/facts.zip?token=${secret}&format=csv`],
    ['a parameter in capitals', `?ACCESS_TOKEN=${secret}`],
    ['a parameter with a dash', `?api-key=${secret}`],
    ['a parameter, percent-encoded', `?to=%2Fa%3Ftoken%3D${secret}`],
    ['a parameter in brackets', `?auth[password]=${secret}`],
    ['a header in a parameter', `?authorization=Bearer%20${secret}`],
    ['a header', `authorization: Bearer ${secret}`],
    ['a header of Basic', `Authorization=Basic ${secret}`],
    ['JSON', `{"name":"a","apiKey":"${secret}"}`],
    ['JSON within JSON', JSON.stringify({ msg: JSON.stringify({ client_secret: secret }) })],
    ['JSON, percent-encoded', `variables=%7B%22token%22%3A%22${secret}%22%7D`],
    ['a password of a URL', `neo4j://me:${secret}@host/db`],
    ['a session', `session_id=${secret}`],
  ])('[V442] loses it: %s', (_, text) => {
    const shown = redactSecrets(text);
    expect(shown).not.toContain(secret);
    expect(shown).not.toContain(token.slice(26, 36));
    expect(shown.includes(redacted) || shown.includes('…@')).toBe(true);
  });

  it('[V442] stays JSON if it was, and keeps the id of the token', () => {
    const line = JSON.stringify({ level: 30, err: { message: `no "token":"${secret}" and token=${secret}` }, at: token });
    expect(JSON.parse(redactSecrets(line))).toMatchObject({ level: 30, at: `exposure_0123456789abcdef_${redacted}` });
    expect(redactSecrets(line)).not.toContain(secret);
  });

  it.each([
    'This server needs a token: send Authorization: Bearer TOKEN. An administrator makes one with exposure token create.',
    'The token is unknown, expired or revoked. Ask an administrator for another one.',
    'There is or was a token named "reports". Choose another name, because records use it as the author\'s name.',
    'GET /api/blast-radius.csv',
    'incident INC-02, lab aurelis, 3 origins',
    'EXPOSURE_STORE is "neo4j://host/db"; expected sqlite: and the path of a file',
    'Token Labs, password vault (secret santa)',
  ])('[V442] is none if it only speaks of one: %s', (text) => {
    expect(redactSecrets(text)).toBe(text);
  });

  it('[V442] takes time in proportion to its length', () => {
    for (const part of ['token', 'token=', 'bearer ', '//', 'exposure_', '"token":', 'token: ', 'a', '=', '\\"']) {
      const timed = (n: number) => {
        const text = part.repeat(n);
        const started = performance.now();
        redactSecrets(text);
        return performance.now() - started;
      };
      timed(1000);
      // A quadratic one takes minutes.
      expect({ part, isFast: timed(300_000) < 5000 }).toEqual({ part, isFast: true });
    }
  });
});

describe('the name of a secret', () => {
  it('[V442] is known in any spelling, and other names are not', () => {
    for (const name of [
      'token',
      'TOKEN',
      'access_token',
      'accessToken',
      'api-key',
      'apikey',
      'x-api-key',
      'authorization',
      'auth',
      'auth[token]',
      'password',
      'client_secret',
      'jwt',
      'Bearer',
      'pwd',
      'session-id',
    ])
      expect({ name, isSecret: isSecretName(name) }).toEqual({ name, isSecret: true });
    for (const name of [
      'origins',
      'text',
      'owner',
      'incident',
      'author',
      'after',
      'key',
      'code',
      'state',
      'session_state',
      'query',
      'variables',
      'tokens_of_thanks',
      'passage',
    ])
      expect({ name, isSecret: isSecretName(name) }).toEqual({ name, isSecret: false });
    expect([holdsToken(`x${token}y`), holdsToken('exposure_token create')]).toEqual([true, false]);
  });
});
