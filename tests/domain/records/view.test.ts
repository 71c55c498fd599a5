import { isLocalUrl } from '../../../server/domain/records/saved-texts.ts';
import { describe, expect, it } from '../../support/test.ts';

describe('the URL of a view', () => {
  it.each(['/', '/blast?incident=INC-02', '/explore?node=o%3Avendor', '/a//b', '/?next=https://elsewhere.example'])(
    '[G203] %j leads to this server',
    (url) => expect(isLocalUrl(url)).toBe(true),
  );
  it.each([
    '',
    'blast',
    'https://elsewhere.example/',
    '//elsewhere.example',
    '/\\elsewhere.example',
    '/\t/elsewhere.example',
    'javascript:alert(1)',
  ])('[G203] %j does not', (url) => expect(isLocalUrl(url)).toBe(false));
  it('[G203] a browser resolves every accepted URL to the same origin', () => {
    for (const url of ['/', '/a//b', '/?next=https://elsewhere.example', '/.//x', '/%5Cx']) {
      expect(isLocalUrl(url)).toBe(true);
      expect(new URL(url, 'http://here.example').origin).toBe('http://here.example');
    }
  });
});
