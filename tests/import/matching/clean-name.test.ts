import fc from 'fast-check';
import { cleanName } from '../../../server/import/matching/clean-name.ts';
import { describe, expect, it } from '../../support/test.ts';
import { generatedRuns } from '../../support/worlds/generated-runs.ts';

describe('cleanName', () => {
  it.each([
    ['Acme*', 'Acme', ['*']],
    ['Acme¹ †', 'Acme', ['†', '¹']],
    ['Acme [12]', 'Acme', ['[12]']],
    ['Acme LLC (optional)', 'Acme LLC', ['(optional)']],
    ['Mailgun Technologies, Inc. (effective May 30, 2025)*', 'Mailgun Technologies, Inc.', ['*', '(effective May 30, 2025)']],
    ['Acme (if enabled by the customer)', 'Acme', ['(if enabled by the customer)']],
    ['Acme Labs, Inc. (https://acme.dev)', 'Acme Labs, Inc.', ['(https://acme.dev)']],
    ['[Acme](https://acme.dev)', 'Acme', ['https://acme.dev']],
    ['Acme privacy@acme.dev', 'Acme', ['privacy@acme.dev']],
    ['Acme\n123 Main St\nSpringfield', 'Acme', ['123 Main St', 'Springfield']],
    [
      'Amazon Web Services, Inc.410 Terry Avenue North, Seattle, WA 98109',
      'Amazon Web Services, Inc.',
      ['410 Terry Avenue North, Seattle, WA 98109'],
    ],
    ['OpenAI1455 3rd Street, San Francisco, CA 94158', 'OpenAI', ['1455 3rd Street, San Francisco, CA 94158']],
    ['Hetzner Online GmbHIndustriestr. 25, 91710 Gunzenhausen', 'Hetzner Online GmbH', ['Industriestr. 25, 91710 Gunzenhausen']],
    ['Adyen N.V.Simon Carmiggeltstraat 6-50, 1011 DJ Amsterdam', 'Adyen N.V.', ['Simon Carmiggeltstraat 6-50, 1011 DJ Amsterdam']],
    ['Cloudflare, Inc., 101 Townsend St., San Francisco', 'Cloudflare, Inc.', ['101 Townsend St., San Francisco']],
    ['Atlassian Pty Ltd, Level 6, 341 George Street, Sydney', 'Atlassian Pty Ltd', ['Level 6, 341 George Street, Sydney']],
    ['05.120.923/0001-09 - ACME LTDA', 'ACME LTDA', ['05.120.923/0001-09 -']],
    ['ACME LTDA [10.278.338/0001-63]', 'ACME LTDA', ['[10.278.338/0001-63]']],
    ['Acme Cloud (Coming Soon)', 'Acme Cloud', ['(Coming Soon)']],
    ['Acme Ltd - Contact: Roe, Jane', 'Acme Ltd', ['- Contact: Roe, Jane']],
    ['Acme Ltd (c/o Jane Roe)', 'Acme Ltd', ['(c/o Jane Roe)']],
    ['N/A', '', ['N/A']],
    [' - ', '', ['-']],
  ])('[M1] %j is %j', (raw, name, cut) => {
    expect(cleanName(raw)).toEqual({ name, cut });
  });

  it.each([
    ['Acme Data\nSystems  LLC', 'Acme Data Systems LLC'],
    ['"Acme"', 'Acme'],
    ['• Acme,', 'Acme'],
    ['H&amp;R\u00a0Block', 'H&R Block'],
    ['A\u200bcme', 'Acme'],
  ])('[M1] %j is %j, and no meaningful part is cut', (raw, name) => {
    expect(cleanName(raw).name).toBe(name);
  });

  it.each([
    '1Password',
    '3M',
    '7-Eleven',
    'Studio 54',
    'Acme (Division 2019)',
    'Acme, Legacy Partners',
    'Bakery since 1921',
    'The Ended Company',
    'ООО Закрытое Общество',
    '停用科技有限公司',
    'Acme (formerly Beta)',
    'Acme - Contact Center',
    'Contact Energy',
    'Level 3 Communications',
    'Area 51 Way',
    'Pier 39 Street Food Inc',
    'Base44 Ltd',
    'Auth0 (by Okta)',
    'Amazon Web Services (AWS)',
    'Sentry | Functional Software',
    'NAME; PT.',
    'Monday.com',
    'Toys "R" Us',
    'X',
    'Yahoo!',
    'C3.ai, Inc.',
    '37signals LLC',
    'Smith & Sons 1898 Ltd',
  ])('[M2] %j stays as it is', (name) => {
    expect(cleanName(name)).toEqual({ name, cut: [] });
  });

  it('[M2] leaves a clean name unchanged, and never fails on any cell', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        'Acme',
        'Inc.',
        'GmbH',
        '*',
        ' (optional)',
        '[1]',
        '\n',
        '12 Main St, ',
        '410 Terry Avenue',
        ' | ',
        'https://a.b',
        '"',
        '(',
        '&amp;',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const once = cleanName(pieces.join(''));
        expect(cleanName(once.name).name).toBe(once.name);
      }),
      { numRuns: generatedRuns(2000) },
    );
  });

  it('[M11] cleans a cell of one megabyte quickly', () => {
    const begun = process.cpuUsage();
    for (const piece of ['1 a ', 'Inc.', '(optional) ', '12 Main St, ', '\n']) cleanName(piece.repeat(1e6 / piece.length));
    expect(process.cpuUsage(begun).user / 1000).toBeLessThan(5000);
  });
});
