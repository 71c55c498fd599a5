import fc from 'fast-check';
import { toStableId } from '../../../server/import/matching/clean-name.ts';
import { matchParties } from '../../../server/import/matching/match-parties.ts';
import type { KnownOrganization, Matching, Party, PartyDecision } from '../../../server/import/matching/matching-types.ts';
import { describe, expect, it } from '../../support/test.ts';
import { generatedRuns } from '../../support/worlds/generated-runs.ts';

const party = (name: string, more: Partial<Party> = {}): Party => ({
  name,
  id: null,
  aliases: [],
  website: null,
  taxId: null,
  file: 'vendors.csv',
  line: 2,
  rowCount: 1,
  ...more,
});
const known = (id: string, name: string, more: Partial<KnownOrganization> = {}): KnownOrganization => ({
  id,
  name,
  aliases: [],
  website: null,
  taxId: null,
  ...more,
});

function match(
  parties: readonly Party[],
  store: readonly KnownOrganization[] = [],
  decisions: readonly PartyDecision[] = [],
  acceptsSame = false,
): Matching {
  return matchParties(parties, store, { decisions, acceptsSame });
}

/** The grade of the candidate with this id for a party; undefined if the id is no candidate. */
function gradeOf({ matches }: Matching, name: string, candidate: string) {
  return matches.find((of) => of.name === name)?.candidates.find(({ id }) => id === candidate)?.grade;
}

describe('a new organization', () => {
  it('[M3] has its clean name as id, whatever was cut from the cell', () => {
    const { organizationOf, cleaned, newCount } = match([party('Acme, Inc.*'), party('Acme, Inc. (optional)'), party('n/a')]);
    expect(organizationOf.map((of) => of?.id)).toEqual(['Acme, Inc.', 'Acme, Inc.', undefined]);
    expect(cleaned[0]).toEqual({ name: 'Acme, Inc.', cut: ['*'] });
    expect(newCount).toBe(1);
  });

  it('[M3] has a unique id of at most 200 characters, even if its name is longer', () => {
    const long = 'é'.repeat(300);
    expect(toStableId(long).length).toBeLessThanOrEqual(200);
    expect(toStableId(long)).not.toBe(toStableId(`${long}!`));
    expect(toStableId('😀'.repeat(200))).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
  });
});

describe('a reference', () => {
  const store = [
    known('V-1', 'Alpha'),
    known('V-2', 'Beta', { aliases: ['The Beta Company'] }),
    known('V-3', 'Gamma'),
    known('V-4', 'Gamma'),
  ];

  it.each([
    ['V-1', 'V-1'],
    ['Alpha', 'V-1'],
    ['The Beta Company', 'V-2'],
  ])('[M4] %j is %s', (name, id) => {
    const { organizationOf, matches } = match([party(name)], store);
    expect(organizationOf[0]).toMatchObject({ id, isNew: false });
    expect(matches).toEqual([]);
  });

  it('[M4] may be an id, a name or an alias of the same files', () => {
    const parties = [party('Alpha', { id: 'A', aliases: ['Alfa'] }), party('A'), party('Alpha'), party('Alfa')];
    expect(match(parties).organizationOf.map((of) => of?.id)).toEqual(['A', 'A', 'A', 'A']);
  });

  it('[M4] to a merged id keeps it, and adds no organization', () => {
    const merged = known('Amazon', 'Amazon', { aliases: ['AWS'], mergedIds: ['AWS', 'V-9'] });
    const { organizationOf, newCount } = match([party('AWS'), party('Amazon Web', { id: 'V-9' })], [merged]);
    expect(organizationOf.map((of) => [of?.id, of?.isNew])).toEqual([
      ['AWS', false],
      ['V-9', false],
    ]);
    expect(newCount).toBe(0);
  });

  it('[M4] to a name of two organizations is left for the user to decide, without a preset', () => {
    const [ambiguous] = match([party('Gamma')], store).matches;
    expect(ambiguous).toMatchObject({ isAmbiguous: true, target: null, decision: 'UNDECIDED' });
    expect(ambiguous?.candidates.map(({ id }) => id)).toEqual(['V-3', 'V-4']);
  });
});

describe('candidates', () => {
  it.each([
    ['ALPHA', 'Alpha'],
    ['Älpha, Inc.', 'Alpha'],
    ['Alpha Limited', 'ALPHA Ltd.'],
    ['Open AI, L.L.C.', 'OpenAI'],
    ['SUMBER MAKMUR; PT.', 'PT Sumber Makmur'],
    ['Johnson & Johnson', 'Johnson and Johnson'],
    ["Lands' End", 'Lands End'],
  ])('[M5] %s and %s are SAME', (name, stored) => {
    const found = match([party(name)], [known(stored, stored)]);
    expect(gradeOf(found, name, stored)).toBe('SAME');
    expect(found.matches[0]).toMatchObject({ target: stored, decision: 'UNDECIDED' });
    expect(found.organizationOf[0]?.id).toBe(name);
  });

  it.each([
    ['Alpha, Inc.', 'Alpha GmbH'],
    ['Alpha Ltd', 'ALPHA LLC'],
    ['Alpha AG', 'Alpha GmbH'],
  ])('[I730] %s and %s are asked about, because their legal forms differ', (name, stored) => {
    const found = match([party(name)], [known(stored, stored)], [], true);
    expect(gradeOf(found, name, stored)).toBe('SAME');
    expect(found.matches[0]).toMatchObject({ target: null, decision: 'UNDECIDED' });
    expect(found.matches[0]?.candidates[0]?.evidence.join()).toContain('legal forms differ');
  });

  it('[I730] a name without a legal form joins neither of two with different ones', () => {
    const { organizationOf } = match(
      [party('Alpha'), party('ALPHA'), party('Alpha Ltd'), party('Alpha Limited'), party('Alpha LLC')],
      [],
      [],
      true,
    );
    expect(organizationOf.map((of) => of?.id)).toEqual(['ALPHA', 'ALPHA', 'Alpha Limited', 'Alpha Limited', 'Alpha LLC']);
  });

  it('[I731] rows of one list with different ids are never joined, neither directly nor by a third', () => {
    const row = (name: string, listId: string, file = 'vendors.csv') => party(name, { listId, file });
    const two = match([row('Alpha', 'V-1'), row('ALPHA', 'V-2')], [], [], true);
    expect(two.organizationOf.map((of) => of?.id)).toEqual(['Alpha', 'ALPHA']);
    const through = match([row('Alpha', 'V-1'), row('ALPHA', 'V-2')], [known('K', 'alpha')], [], true);
    expect(through.organizationOf.map((of) => of?.id)).toEqual(['Alpha', 'ALPHA']);
    const others = match([row('Alpha', 'V-1'), row('ALPHA', 'X-2', 'other.csv')], [], [], true);
    expect(new Set(others.organizationOf.map((of) => of?.id)).size).toBe(1);
  });

  it('[I732] a website is never exact, and that of several names is no identity', () => {
    const shared = (name: string) => party(name, { website: 'https://dealer.example' });
    expect(match([shared('Alpha'), shared('Omega')], [], [], true).organizationOf.map((of) => of?.id)).toEqual(['Alpha', 'Omega']);
    const three = match([shared('Alpha'), shared('Omega'), shared('Sigma')]);
    expect(three.matches.flatMap(({ candidates }) => candidates.map(({ grade }) => grade))).toEqual(['HINT', 'HINT', 'HINT']);
  });

  it('[I733] a pair that a person keeps apart is no candidate, and no third name joins it', () => {
    const parties = [party('Alpha'), party('ALPHA'), party('alpha')];
    const settings = { decisions: [], acceptsSame: true, apart: [['ALPHA', 'Alpha'] as const] };
    const found = matchParties(parties, [], settings);
    expect(found.organizationOf[0]?.id).not.toBe(found.organizationOf[1]?.id);
    expect(found.matches.flatMap(({ name, candidates }) => candidates.map(({ id }) => `${name} ${id}`))).not.toContain('Alpha ALPHA');
    expect(new Set(matchParties(parties, [], { decisions: [], acceptsSame: true }).organizationOf.map((of) => of?.id)).size).toBe(1);
  });

  it('[I734] a large organization is never offered one of its brands as its name', () => {
    const found = match([party('Amazon Web Services')], [known('B', 'Amazon Bedrock')]);
    expect(found.matches[0]?.candidates).toMatchObject([{ id: 'B', grade: 'HINT' }]);
    expect(match([party('Amazon Bedrock')], [known('A', 'Amazon Web Services')]).matches[0]?.candidates).toMatchObject([
      { grade: 'RELATED' },
    ]);
  });

  it('[I995] a known website or registration number makes a candidate that names the catalogue, presets nothing and merges nothing', () => {
    const store = [known('S', 'Scale AI, Inc.'), known('T', 'Toloka')];
    const parties = [
      party('Outlier Platform', { website: 'https://outlier.ai/legal' }),
      party('CH data services', { taxId: 'CHE-132.532.069' }),
      party('Shop of a customer', { website: 'https://shop.outlier.ai' }),
      party('Kimi'),
    ];
    const found = matchParties(parties, store, { decisions: [], acceptsSame: true });
    expect(
      found.matches.map(({ name, target, candidates }) => [
        name,
        target,
        candidates.map(({ id, grade, evidence }) => [id, grade, evidence]),
      ]),
    ).toEqual([
      [
        'CH data services',
        null,
        [
          [
            'T',
            'RELATED',
            [
              expect.stringMatching(
                /^has the registration number of Toloka AI AG, CHE-132\.532\.069, in the catalogue of vendors \(https:/,
              ),
            ],
          ],
        ],
      ],
      [
        'Outlier Platform',
        null,
        [
          [
            'S',
            'RELATED',
            [expect.stringMatching(/^has a website of Scale AI, outlier\.ai, in the catalogue of vendors \(https:.*, 2025-09-26\)$/)],
          ],
        ],
      ],
    ]);
    expect(found.organizationOf.map((of) => of?.id)).toEqual(parties.map(({ name }) => name));
    const product = match([party('Cloudflare Workers AI')], [known('C', 'Cloudflare')]);
    expect(product.matches[0]?.candidates[0]?.evidence.join()).toMatch(/is a product of Cloudflare, Inc\. \(catalogue of vendors: https:/);
  });

  it('[M5] an equal domain is SAME, unless many organizations share it', () => {
    const store = [
      known('Alpha', 'Alpha', { website: 'https://www.alpha.example' }),
      known('Beta', 'Beta', { website: 'https://github.com/beta' }),
    ];
    expect(gradeOf(match([party('Umbrella', { website: 'alpha.example/legal' })], store), 'Umbrella', 'Alpha')).toBe('SAME');
    expect(match([party('Umbrella', { website: 'https://github.com/umbrella' })], store).matches).toEqual([]);
    const customers = Array.from({ length: 20 }, (_, i) =>
      party(`${String.fromCharCode(65 + i).repeat(6)} Works`, { website: 'shops.example' }),
    );
    expect(match(customers).matches.every(({ target }) => target === null)).toBe(true);
  });

  it('[I35] a domain that more than eight names share, or a page on a review site, links nothing and contradicts nothing', () => {
    const shared = (name: string, website: string) => party(name, { website });
    const pages = Array.from('ABCDEFGHI', (letter) => shared(`${letter.repeat(6)} Works`, `https://directory.example/${letter}`));
    expect(match(pages).matches).toEqual([]);
    const list = [...pages, shared('Alpha', 'https://directory.example/alpha'), shared('ALPHA, Inc.', 'https://alpha.example')];
    expect(match(list).matches.map(({ name, target }) => [name, target])).toEqual([['Alpha', 'ALPHA, Inc.']]);
    const reviewed = ['Okta', 'Globex'].map((name) => shared(name, `https://www.g2.com/products/${name}/reviews`));
    expect(match(reviewed).matches).toEqual([]);
    const stored = pages.map(({ name, website }) => known(name, name, { website }));
    expect(match([shared('Omega', 'https://directory.example/omega')], stored).matches).toEqual([]);
  });

  it('[I36] an owner that the brand table names only as an owner is a candidate, in the files and in the store', () => {
    for (const [parties, store] of [
      [[party('Auth0')], [known('Okta, Inc.', 'Okta, Inc.')]],
      [[party('Auth0'), party('Okta, Inc.')], []],
    ] as const) {
      const found = match(parties, store);
      expect(gradeOf(found, 'Auth0', 'Okta, Inc.')).toBe('RELATED');
      expect(found.matches[0]?.target).toBeNull();
    }
  });

  it('[M5] an equal name is not SAME if another field contradicts it', () => {
    const store = [known('Mercury', 'Mercury', { website: 'mercury.example', taxId: '12-3456789' })];
    expect(gradeOf(match([party('MERCURY', { website: 'mercury-insurance.example' })], store), 'MERCURY', 'Mercury')).toBe('RELATED');
    expect(gradeOf(match([party('MERCURY', { taxId: '98-7654321' })], store), 'MERCURY', 'Mercury')).toBe('RELATED');
  });

  it.each([
    ['Amazon Bedrock', 'Amazon Web Services, Inc.', /product of Amazon Web Services/],
    ['AWS', 'Amazon Web Services', /another name/],
    ['Sentry | Functional Software', 'Functional Software, Inc.', /named together/],
    ['Twilio (SendGrid)', 'SendGrid', /brackets/],
    ['Foo Holdings LLC d/b/a Bar Coffee', 'Bar Coffee', /d\/b\/a/],
    ['Newname Inc. (f/k/a Oldname)', 'Oldname', /f\/k\/a/],
    ['Auth0, an Okta company', 'Okta, Inc.', /named together/],
    ['GitHub', 'Microsoft Corporation', /belongs to Microsoft/],
    ['Quantum Data Services', 'QDS', /initials/],
    ['Umbrella Labs', 'Umbrella', /begins with Umbrella/],
  ])('[M6] %s is RELATED to %s, and not preset', (name, stored, evidence) => {
    const found = match([party(name)], [known(stored, stored)]);
    expect(gradeOf(found, name, stored)).toBe('RELATED');
    expect(found.matches[0]?.candidates[0]?.evidence.join('; ')).toMatch(evidence);
    expect(found.matches[0]?.target).toBeNull();
  });

  it.each([
    ['an equal name under another id', party('Alpha', { id: 'V-1' }), known('K-9', 'Alpha')],
    ['an affiliate', party('Umbrella Ireland Ltd'), known('Umbrella Japan', 'Umbrella Japan K.K.')],
    ['a letter left out', party('Recall'), known('Reclall', 'Reclall')],
    ['a letter replaced', party('Plain'), known('Plaid', 'Plaid')],
  ])('[M7] %s is a hint, and not preset', (_, given, stored) => {
    for (const acceptsSame of [false, true]) {
      const found = match([given], [stored], [], acceptsSame);
      expect(found.matches[0]).toMatchObject({ target: null, decision: 'UNDECIDED', candidates: [{ id: stored.id, grade: 'HINT' }] });
      expect(found.organizationOf[0]?.isNew).toBe(true);
    }
  });

  it('[I735] an equal LEI comes first too, and different LEIs weigh against an equal name', () => {
    const [one, another] = ['529900ZETA0000000056', '529900VEGA0000000012'];
    const found = match([party('Alpha', { lei: one })], [known('Omega', 'Omega', { lei: one })], [], true);
    expect(found.matches[0]).toMatchObject({ decision: 'UNDECIDED', candidates: [{ id: 'Omega', grade: 'RELATED', score: 0.97 }] });
    const apart = match([party('OMEGA', { lei: another })], [known('Omega', 'Omega', { lei: one })], [], true);
    expect(apart.matches[0]?.candidates[0]).toMatchObject({ grade: 'RELATED', isExact: false });
  });

  it('[I735] an equal tax id is the first evidence after an equal name, and not preset; that of many names is a hint', () => {
    const given = { taxId: 'DE 123456789' };
    const found = match([party('Alpha', given)], [known('Omega', 'Omega', given)], [], true);
    expect(found.matches[0]).toMatchObject({
      target: null,
      decision: 'UNDECIDED',
      candidates: [{ id: 'Omega', grade: 'RELATED', score: 0.95 }],
    });
    const three = match([party('Alpha', given), party('Omega', given), party('Sigma', given)]);
    expect(three.matches.flatMap(({ candidates }) => candidates.map(({ grade }) => grade))).toEqual(['HINT', 'HINT', 'HINT']);
  });

  it('[M7] [F106] gives no hint for names that differ in a number, or share in brackets what many are', () => {
    const numbered = match(['Supplier 11', 'Supplier 12', 'Supplier 112', 'CON-001', 'CON-002'].map((name) => party(name)));
    expect(numbered.matches).toEqual([]);
    const towns = Array.from('ABCDEFGHIJKLMNOP', (letter) => `Town of ${letter.repeat(6)} (town hall)`);
    expect(match(towns.map((name) => party(name))).matches).toEqual([]);
    expect(match(towns.slice(0, 2).map((name) => party(name))).matches).toHaveLength(1);
  });

  it('[I40] offers one spelling of a name that others hold, and an affiliate the company itself, not each of the others', () => {
    const candidatesOf = (names: readonly string[], name: string) =>
      match(names.map((one) => party(one)))
        .matches.find((of) => of.name === name)
        ?.candidates.map(({ name: other }) => other);
    const spellings = ['Google', 'Google Inc.', 'Google LLC', 'GOOGLE, LLC'];
    expect(candidatesOf([...spellings, 'Google LLC (Workspace)'], 'Google LLC (Workspace)')).toHaveLength(1);
    const affiliates = ['Umbrella Brazil', 'Umbrella Ireland', 'Umbrella Japan', 'Umbrella Korea', 'Umbrella Spain'];
    expect(candidatesOf([...affiliates, 'Umbrella'], 'Umbrella Korea')?.at(-1)).toBe('Umbrella');
    expect(candidatesOf([...affiliates, 'Umbrella'], 'Umbrella Korea')?.length).toBeLessThanOrEqual(2);
    expect(candidatesOf(affiliates, 'Umbrella Korea')).toEqual(['Umbrella Brazil']);
    // Each stored one is a candidate.
    const stored = match([party('Sentry (Google)')], [known('A', 'Google Inc.'), known('B', 'Google LLC')]);
    expect(stored.matches[0]?.candidates.map(({ id }) => id)).toEqual(['A', 'B']);
  });

  it('[M7] gives no hint for names that differ more', () => {
    expect(match([party('Recall')], [known('Reclaim', 'Reclaim')]).matches).toEqual([]);
  });
});

describe('a decision', () => {
  const spellings = ['Amazon Web Services', 'amazon web services', 'AMAZON WEB SERVICES, INC.', 'Amazon Web-Services Inc'];

  it('[M8] merges many spellings into one organization, and keeps them as aliases', () => {
    const parties = spellings.map((name, i) => party(name, { rowCount: 10 - i }));
    expect(new Set(match(parties).organizationOf.map((of) => of?.id)).size).toBe(4);
    const accepted = match(parties, [], [], true);
    expect(accepted.organizations).toEqual([
      { key: spellings[0], id: spellings[0], name: spellings[0], isNew: true, newAliases: spellings.slice(1).sort() },
    ]);
    expect(accepted.organizationOf.map((of) => of?.id)).toEqual(Array(4).fill(spellings[0]));
  });

  it('[M8] picks neither of two stored organizations that match equally well', () => {
    const found = match([party('ALPHA')], [known('A', 'Alpha Inc.'), known('B', 'Alpha Ltd')], [], true);
    expect(found.matches[0]).toMatchObject({ target: null, decision: 'UNDECIDED' });
  });

  it('[M9] holds in the next edition', () => {
    const decisions: PartyDecision[] = JSON.parse(
      JSON.stringify([
        { party: 'Bedrock', decision: 'ALIAS', target: 'AWS' },
        { party: 'Ghost', decision: 'LEAVE_OUT', target: null },
        { party: 'aws', decision: 'NEW', target: null },
      ]),
    );
    const found = match([party('Bedrock*'), party('Ghost'), party('aws')], [known('AWS', 'AWS')], decisions, true);
    expect(found.organizationOf.map((of) => of?.id ?? null)).toEqual(['AWS', null, 'aws']);
    expect(found.organizations.find(({ id }) => id === 'AWS')?.newAliases).toEqual(['Bedrock']);
  });

  it('[M9] [F105] through other decisions means the same in the next edition, also if those parties are gone', () => {
    const parties = [
      party('Microsoft Corporation', { rowCount: 3 }),
      party('Microsoft', { rowCount: 2 }),
      party('Microsoft Corporation Inc.'),
    ];
    const decisions: PartyDecision[] = [
      { party: 'Microsoft', decision: 'ALIAS', target: 'Microsoft Corporation' },
      { party: 'Microsoft Corporation Inc.', decision: 'ALIAS', target: 'Microsoft' },
    ];
    const first = match(parties, [], decisions);
    expect(first.organizations.map(({ id, newAliases }) => [id, newAliases])).toEqual([
      ['Microsoft Corporation', ['Microsoft', 'Microsoft Corporation Inc.']],
    ]);
    const store = [known('Microsoft Corporation', 'Microsoft Corporation', { aliases: ['Microsoft', 'Microsoft Corporation Inc.'] })];
    for (const listed of [parties, parties.slice(2)]) {
      const again = match(listed, store, decisions);
      expect([again.newCount, again.organizations.map(({ id, newAliases }) => [id, newAliases])]).toEqual([
        0,
        [['Microsoft Corporation', []]],
      ]);
    }
  });

  it('[M9] has no effect in a circle, or for an organization that no longer exists', () => {
    const decisions: PartyDecision[] = [
      { party: 'A one', decision: 'MERGE', target: 'B two' },
      { party: 'B two', decision: 'MERGE', target: 'A one' },
      { party: 'C three', decision: 'MERGE', target: 'nobody' },
      { party: 'D four', decision: 'MERGE', target: 'D four' },
    ];
    const names = decisions.map(({ party: of }) => of);
    expect(
      match(
        names.map((name) => party(name)),
        [],
        decisions,
      ).organizationOf.map((of) => of?.id),
    ).toEqual(names);
  });
});

describe('matching', () => {
  it('[M10] gives the same result in any order of the parties', () => {
    const names = [
      'Alpha',
      'ALPHA',
      'Alpha Inc',
      'AWS',
      'Amazon Web Services',
      'Amazon Bedrock',
      'Plain',
      'Plaid',
      'Umbrella',
      'Umbrella Labs',
      'Umbrella Japan',
      'x | Alpha',
    ];
    const parties = names.map((name, i) =>
      party(name, { line: 2 + (i % 3), rowCount: 1 + (i % 2), website: i % 5 === 0 ? 'one.example' : null }),
    );
    const byName = (found: Matching, order: readonly Party[]) => ({
      of: Object.fromEntries(order.map(({ name }, i) => [name, found.organizationOf[i]?.id])),
      organizations: found.organizations,
      matches: found.matches,
    });
    const expected = byName(match(parties, [known('K', 'alpha')], [], true), parties);
    fc.assert(
      fc.property(fc.shuffledSubarray(parties, { minLength: parties.length }), (order) => {
        expect(byName(match(order, [known('K', 'alpha')], [], true), order)).toEqual(expected);
      }),
      { numRuns: generatedRuns(50) },
    );
  });

  it('[M8] merges by one click exactly the parties that an independent reading finds equal', () => {
    const word = fc.constantFrom('Alpha', 'alpha', 'ÁLPHA', 'Beta', 'beta', 'Bet', 'Gamma-Ray', 'Gamma Ray', 'GammaRay');
    const form = fc.constantFrom('', ' Inc.', ', LLC', ' GmbH', ' S.A.');
    const plainOf = (name: string) =>
      name
        .normalize('NFD')
        .replace(/[\u0300-\u036f]/g, '')
        .replace(/( Inc\.|, LLC| GmbH| S\.A\.)$/, '')
        .toLowerCase()
        .replace(/[^a-z]/g, '');
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc.tuple(word, form).map((parts) => parts.join('')),
          { minLength: 2, maxLength: 12 },
        ),
        (names) => {
          const found = match(
            names.map((name) => party(name)),
            [],
            [],
            true,
          );
          const formOf = (name: string) => /(?: Inc\.|, LLC| GmbH| S\.A\.)$/.exec(name)?.[0] ?? '';
          const formsOf = (plain: string) =>
            new Set(
              names
                .filter((one) => plainOf(one) === plain)
                .map(formOf)
                .filter((one) => one !== ''),
            );
          names.forEach((a, i) => {
            names.forEach((b, j) => {
              const isOne = plainOf(a) === plainOf(b) && (formOf(a) === formOf(b) || formsOf(plainOf(a)).size < 2);
              expect(found.organizationOf[i] === found.organizationOf[j]).toBe(isOne);
            });
          });
        },
      ),
      { numRuns: generatedRuns(100) },
    );
  });

  it('[M11] takes about ten times as long for ten times the names, even if all names are alike', () => {
    const timeOf = (count: number, nameOf: (i: number) => string) => {
      const parties = Array.from({ length: count }, (_, i) => party(nameOf(i), { line: i + 2 }));
      // Processor time: on a busy machine, the clock also measures others.
      const begun = process.cpuUsage();
      match(parties);
      return process.cpuUsage(begun).user / 1000;
    };
    const distinct = (i: number) =>
      `${Math.imul(i + 1, 0x9e3779b1)
        .toString(36)
        .replace('-', 'm')} ${(i * 7919).toString(36)} Works Inc.`;
    const alike = (i: number) => `Alpha Works${'!'.repeat(i % 7)}${' '.repeat(i % 5)}${i % 2 ? '' : ','} ${'.'.repeat(i)}`.slice(0, 300);
    for (const nameOf of [distinct, alike]) {
      timeOf(500, nameOf);
      const small = Math.max(20, timeOf(1000, nameOf));
      expect(timeOf(10_000, nameOf)).toBeLessThan(40 * small);
    }
  });
});

describe('a list with many spellings of one organization', () => {
  it('[F89] offers each of them, and presets those alone that differ in spelling', () => {
    const names = [
      'AWS',
      'Amazon Web Services',
      'Amazon Web Services, Inc.',
      'Amazon AWS',
      'amazon web services (AWS)',
      'Amazon Bedrock',
      'Okta',
    ];
    const parties = names.map((name, at) => ({
      name,
      id: null,
      aliases: [],
      website: null,
      taxId: null,
      file: 'a.csv',
      line: at + 2,
      rowCount: 1,
    }));
    const { matches } = matchParties(parties, [], { decisions: [], acceptsSame: false });
    expect(matches.map(({ name }) => name)).toEqual(names.slice(0, -1));
    expect(matches.filter(({ target }) => target !== null).map(({ name, target }) => [name, target])).toEqual([
      ['Amazon Web Services, Inc.', 'Amazon Web Services'],
    ]);
  });
});
