import { joinAdvisories } from '../../../server/software/read/join-advisories.ts';
import { availabilitiesOf } from '../../../server/software/read/read-registry.ts';
import { describe, expect, it } from '../../support/test.ts';
import { cycloneDx, malware, read, saidOf } from './files-for-tests.ts';

const osv = (fields: object) => ({ schema_version: '1.6.0', modified: '2026-03-01T00:00:00Z', ...fields });
const affecting = (ecosystem: string, name: string, fields: object = { versions: ['1'] }) => ({ package: { ecosystem, name }, ...fields });
const rangesOf = (...events: object[]) =>
  read(osv({ id: 'X-1', affected: [affecting('npm', 'a', { ranges: [{ type: 'SEMVER', events }] })] })).advisories[0]?.affected[0]?.ranges;
const at = (text: string) => Date.parse(text);

describe('an OSV record', () => {
  it('[F899] of malware is read with what it affects and when it was known, which published does not say', () => {
    const reading = read(malware);
    expect(saidOf(reading)).toEqual([]);
    const [{ records, ...advisory } = { records: [] }] = reading.advisories;
    expect(advisory).toEqual({
      id: 'MAL-2026-1',
      aliases: ['PYSEC-2026-2'],
      kind: 'MALWARE',
      summary: 'Malicious code in Lite.LLM (PyPI)',
      affected: [{ package: 'pkg:pypi/lite-llm', versions: ['1.82.7', '1.82.8'], ranges: [] }],
      knownBy: at('2026-03-24T11:15:14Z'),
      withdrawnAt: null,
      references: ['https://forge.example/issues/1'],
    });
    expect(records.map(({ modifiedAt, place }) => [modifiedAt, place.file])).toEqual([[at('2026-03-26T09:53:17Z'), 'file']]);
    expect(read({ ...malware, published: undefined, database_specific: undefined }).advisories[0]?.knownBy).toBeNull();
  });

  it('[F899] is malware by a MAL- name or CWE-506, else a vulnerability', () => {
    const kindOf = (fields: object) => read(osv({ id: 'GHSA-1', affected: [affecting('npm', 'a')], ...fields })).advisories[0]?.kind;
    expect(kindOf({})).toBe('VULNERABILITY');
    expect(kindOf({ database_specific: { cwe_ids: ['CWE-79'] } })).toBe('VULNERABILITY');
    expect(kindOf({ database_specific: { cwe_ids: ['CWE-79', 'CWE-506'] } })).toBe('MALWARE');
    expect(kindOf({ affected: [affecting('npm', 'a', { versions: ['1'], database_specific: { cwes: [{ cweId: 'CWE-506' }] } })] })).toBe(
      'MALWARE',
    );
    expect(kindOf({ aliases: ['MAL-2026-7'] })).toBe('MALWARE');
  });

  it('[F899] gives its ranges in vers notation', () => {
    expect(rangesOf({ introduced: '0' })).toEqual(['vers:npm/*']);
    expect(rangesOf({ introduced: '0' }, { fixed: '1.2.3' })).toEqual(['vers:npm/<1.2.3']);
    expect(rangesOf({ introduced: '1.0' }, { last_affected: '1.4' })).toEqual(['vers:npm/>=1.0|<=1.4']);
    expect(rangesOf({ introduced: '1.0' }, { fixed: '1.4' }, { introduced: '2.0' })).toEqual(['vers:npm/>=1.0|<1.4', 'vers:npm/>=2.0']);
    expect(rangesOf({ introduced: '1.0' }, { limit: '2' })).toEqual(['vers:npm/>=1.0|<2']);
    expect(rangesOf({ introduced: '0' }, { fixed: '1|2,3' })).toEqual(['vers:npm/<1%7C2%2C3']);
  });

  it('[F899] takes everything from its first version on where events do not pair, and says so', () => {
    const reading = read(
      osv({
        id: 'X-1',
        affected: [
          affecting('npm', 'a', { ranges: [{ type: 'SEMVER', events: [{ introduced: '2' }, { introduced: '3' }, { fixed: '2.5' }] }] }),
        ],
      }),
    );
    expect(reading.advisories[0]?.affected[0]?.ranges).toEqual(['vers:npm/>=2']);
    expect(saidOf(reading)).toEqual([
      'affected[0].ranges[0]:12 X-1 states the events of a range of pkg:npm/a in no order that pairs them. Each version from the first is taken as affected.',
    ]);
  });

  it('[F899] names packages by their purls, and says which have none', () => {
    const named = (ecosystem: string, name: string) => {
      const reading = read(osv({ id: 'X-1', affected: [affecting(ecosystem, name)] }));
      return reading.advisories[0]?.affected[0]?.package ?? saidOf(reading).join();
    };
    expect(named('PyPI', 'Zope_Interface')).toBe('pkg:pypi/zope-interface');
    expect(named('npm', '@babel/core')).toBe('pkg:npm/%40babel/core');
    expect(named('Maven', 'org.apache.logging:log4j-core')).toBe('pkg:maven/org.apache.logging/log4j-core');
    expect(named('Go', 'github.com/a/b')).toBe('pkg:golang/github.com/a/b');
    expect(named('crates.io', 'serde')).toBe('pkg:cargo/serde');
    expect(named('Packagist', 'laravel/framework')).toBe('pkg:composer/laravel/framework');
    expect(named('Debian:12', 'openssl')).toBe('pkg:deb/debian/openssl');
    expect(named('CRAN', 'A3')).toBe('pkg:cran/A3');
    expect(named('Linux', 'Kernel')).toBe('affected[0]:6 Kernel of Linux has no purl, so no list can name it. X-1 is kept without it.');
    expect(named('constructor', 'a')).toBe('affected[0]:6 a of constructor has no purl, so no list can name it. X-1 is kept without it.');
    const stated = osv({
      id: 'X-1',
      affected: [{ package: { ecosystem: 'Other', name: 'x', purl: 'pkg:pypi/Some.Name' }, versions: ['1'] }],
    });
    expect(read(stated).advisories[0]?.affected[0]?.package).toBe('pkg:pypi/some-name');
  });

  it('[F899] leaves out commits, and says where no version is affected', () => {
    const reading = read(
      osv({ id: 'X-1', affected: [affecting('npm', 'a', { ranges: [{ type: 'GIT', events: [{ introduced: '0' }] }] })] }),
    );
    expect(reading.advisories[0]?.affected).toEqual([{ package: 'pkg:npm/a', versions: [], ranges: [] }]);
    expect(saidOf(reading)).toEqual(['affected[0]:6 X-1 names no affected version of pkg:npm/a, so no version is affected.']);
  });

  it('[F899] is read from an array, lines, an answer of OSV, and YAML, in which 1.10 stays a text', () => {
    const second = osv({ id: 'X-2', affected: [affecting('npm', 'a')] });
    const idsOf = (content: unknown) => read(content).records.map(({ id }) => id);
    expect(idsOf([malware, second])).toEqual(['MAL-2026-1', 'X-2']);
    expect(idsOf({ vulns: [malware, second] })).toEqual(['MAL-2026-1', 'X-2']);
    expect(idsOf(`${JSON.stringify(malware)}\n\n${JSON.stringify(second)}\r\n`)).toEqual(['MAL-2026-1', 'X-2']);
    const lines = read(`${JSON.stringify(malware)}\n{broken\n{"a":1}\n${JSON.stringify(second)}`);
    expect(lines.records.map(({ id, place }) => `${id} ${place.path}`)).toEqual(['MAL-2026-1 [0]', 'X-2 [3]']);
    expect(saidOf(lines)).toEqual([
      '[1]:2 This line is not JSON. It is left out.',
      '[2]:3 This item is neither a software list nor an advisory. It is left out.',
    ]);
    const yaml = read(
      'id: PYSEC-2026-2\nmodified: "2026-03-01T00:00:00Z"\ndetails: |\n  A flaw.\n  More.\naffected:\n- package: {ecosystem: PyPI, name: lite-llm}\n  versions: [1.10, 2]\n  ranges:\n  - type: ECOSYSTEM\n    events:\n    - introduced: "0"\n    - fixed: 2.20\n',
    );
    expect(yaml.advisories.map(({ id, summary, affected }) => [id, summary, affected])).toEqual([
      ['PYSEC-2026-2', 'A flaw.', [{ package: 'pkg:pypi/lite-llm', versions: ['1.10', '2'], ranges: ['vers:pypi/<2.20'] }]],
    ]);
  });
});

describe('records of one advisory', () => {
  const record = (id: string, fields: object = {}) => osv({ id, affected: [affecting('npm', 'a')], ...fields });
  const join = (...records: object[]) => read(records).advisories;

  it('[F950] are those of which one names the other, over any number of steps', () => {
    const joined = join(
      record('GHSA-b', {
        aliases: ['CVE-1'],
        affected: [affecting('npm', 'a', { versions: ['2'], ranges: [{ type: 'SEMVER', events: [{ introduced: '3' }] }] })],
      }),
      record('PYSEC-1', { aliases: ['MAL-1'], affected: [affecting('npm', 'b')] }),
      record('CVE-1'),
      record('MAL-1', { aliases: ['GHSA-b'] }),
      record('OTHER-1', { related: ['CVE-1'], upstream: ['CVE-1'] }),
    );
    expect(joined.map(({ id, aliases, kind }) => [id, aliases, kind])).toEqual([
      ['MAL-1', ['CVE-1', 'GHSA-b', 'PYSEC-1'], 'MALWARE'],
      ['OTHER-1', [], 'VULNERABILITY'],
    ]);
    expect(joined[0]?.affected).toEqual([
      { package: 'pkg:npm/a', versions: ['1', '2'], ranges: ['vers:npm/>=3'] },
      { package: 'pkg:npm/b', versions: ['1'], ranges: [] },
    ]);
    expect(joined[0]?.records.length).toBe(4);
  });

  it('[F950] stay two where they share only a name that no record has', () => {
    const joined = join(record('GHSA-a', { aliases: ['CVE-1'] }), record('PYSEC-1', { aliases: ['CVE-1'] }));
    expect(joined.map(({ id }) => id)).toEqual(['GHSA-a', 'CVE-1']);
  });

  it('[F950] have the name that is MAL-, else GHSA-, else the smallest', () => {
    const idOf = (id: string, ...aliases: string[]) => join(record(id, { aliases }))[0]?.id;
    expect(idOf('PYSEC-1', 'GHSA-a', 'CVE-1')).toBe('GHSA-a');
    expect(idOf('GHSA-a', 'MAL-1')).toBe('MAL-1');
    expect(idOf('PYSEC-1', 'CVE-1')).toBe('CVE-1');
  });

  it('[F950] that are the same record count as modified last', () => {
    const early = record('X-1', { modified: '2026-01-01T00:00:00Z', summary: 'early' });
    const late = record('X-1', { modified: '2026-02-01T00:00:00Z', summary: 'late' });
    expect(join(late, early).map(({ summary }) => summary)).toEqual(['late']);
    expect(join(early, late).map(({ summary }) => summary)).toEqual(['late']);
  });

  it('[F950] that are withdrawn add nothing while another stands', () => {
    const withdrawn = record('MAL-1', { withdrawn: '2026-02-02T00:00:00Z', affected: [affecting('npm', 'false')] });
    const standing = record('GHSA-a', { aliases: ['MAL-1'], affected: [affecting('npm', 'a')] });
    const [both] = join(withdrawn, standing);
    expect([both?.id, both?.withdrawnAt, both?.affected.map((each) => each.package)]).toEqual(['MAL-1', null, ['pkg:npm/a']]);
    expect(join(withdrawn)[0]?.withdrawnAt).toBe(at('2026-02-02T00:00:00Z'));
    const [all] = join(withdrawn, { ...standing, withdrawn: '2026-02-05T00:00:00Z' });
    expect(all?.withdrawnAt).toBe(at('2026-02-05T00:00:00Z'));
    expect(join({ ...withdrawn, withdrawn: 'some day' })[0]?.withdrawnAt).toBe(at('2026-03-01T00:00:00Z'));
  });

  it('[F950] join over long chains', () => {
    const chain = Array.from({ length: 20_000 }, (_, index) => record(`X-${index}`, { aliases: [`X-${index + 1}`] }));
    expect(joinAdvisories(read(chain).records).length).toBe(1);
  });
});

describe('a CSAF document', () => {
  const csaf = {
    document: {
      category: 'csaf_security_advisory',
      csaf_version: '2.0',
      title: 'Gateway',
      publisher: { category: 'vendor', name: 'Quillmark' },
      tracking: { id: 'Q-1', current_release_date: '2026-03-25T00:00:00Z' },
      references: [{ url: 'https://quillmark.example/q-1' }],
    },
    product_tree: {
      branches: [
        {
          category: 'vendor',
          name: 'Quillmark',
          branches: [
            {
              category: 'product_version',
              name: '4.2',
              product: { product_id: 'P1', name: 'client', product_identification_helper: { purl: 'pkg:npm/%40quill/client@4.2' } },
            },
            {
              category: 'product_version_range',
              name: 'vers:npm/>=4.3|<4.5',
              product: { product_id: 'P2', name: 'client', product_identification_helper: { purl: 'pkg:npm/%40quill/client' } },
            },
          ],
        },
      ],
      full_product_names: [{ product_id: 'P3', name: 'box' }],
      relationships: [
        {
          category: 'default_component_of',
          full_product_name: { product_id: 'P4', name: 'client in box' },
          product_reference: 'P1',
          relates_to_product_reference: 'P3',
        },
      ],
    },
    vulnerabilities: [
      {
        cve: 'CVE-2026-1',
        ids: [
          { system_name: 'GitHub', text: 'GHSA-a' },
          { system_name: 'Tracker', text: '12' },
        ],
        title: 'A flaw',
        product_status: { known_affected: ['P4', 'P2', 'P3'], fixed: ['P1'], known_not_affected: ['P3'] },
        flags: [{ label: 'vulnerable_code_not_present' }],
        threats: [{ category: 'impact', details: 'Not reached.' }],
      },
    ],
  };

  it('[F951] takes a severity that stands in the place of a reason for none', () => {
    const [vulnerability] = csaf.vulnerabilities;
    for (const details of ['Moderate', 'CRITICAL']) {
      const stated = { ...csaf, vulnerabilities: [{ ...vulnerability, flags: [], threats: [{ category: 'impact', details }] }] };
      expect(read(stated).documents[0]?.statements.map(({ state, justification }) => [state, justification])).toContainEqual([
        'NOT_AFFECTED',
        null,
      ]);
    }
  });

  it('[F951] is an advisory of the packages that it names by purl, and what a vendor states', () => {
    const reading = read(csaf);
    expect(
      reading.advisories.map(({ id, aliases, summary, affected, references }) => ({ id, aliases, summary, affected, references })),
    ).toEqual([
      {
        id: 'GHSA-a',
        aliases: ['CVE-2026-1'],
        summary: 'A flaw',
        affected: [{ package: 'pkg:npm/%40quill/client', versions: ['4.2'], ranges: ['vers:npm/>=4.3|<4.5'] }],
        references: ['https://quillmark.example/q-1'],
      },
    ]);
    const stated = (state: string, justification: string | null) => ({
      advisory: 'CVE-2026-1',
      state,
      justification,
      at: at('2026-03-25T00:00:00Z'),
      source: 'file',
    });
    expect(reading.documents[0]?.statements).toEqual([
      stated('AFFECTED', null),
      stated('FIXED', null),
      stated('NOT_AFFECTED', 'vulnerable_code_not_present: Not reached.'),
    ]);
    expect(reading.questions).toEqual([
      {
        kind: 'OWNER',
        of: 'STATEMENTS',
        index: 0,
        proposals: [
          { name: 'Quillmark', from: 'AUTHOR' },
          { name: 'file', from: 'FILE_NAME' },
        ],
      },
    ]);
    expect(saidOf(reading)).toEqual(['product_tree:20 1 affected product has no purl, so no list can name it.']);
  });

  it('[F951] of a coordinator states nothing for a vendor, and VEX without an affected package is no advisory', () => {
    const ofCoordinator = { ...csaf, document: { ...csaf.document, publisher: { category: 'coordinator', name: 'CERT' } } };
    expect(read(ofCoordinator).documents).toEqual([]);
    const [vulnerability] = csaf.vulnerabilities;
    const vex = {
      ...ofCoordinator,
      document: { ...ofCoordinator.document, category: 'csaf_vex' },
      vulnerabilities: [{ ...vulnerability, product_status: { under_investigation: ['P3'] } }],
    };
    expect(read(vex).advisories).toEqual([]);
    expect(read(vex).documents[0]?.statements.map(({ state }) => state)).toEqual(['UNDER_INVESTIGATION']);
    expect(saidOf(read({ ...csaf, vulnerabilities: undefined }))).toEqual([
      ':1 The document states no vulnerability. Nothing of it is kept.',
    ]);
  });

  it('[F951] takes the name of a package in the place of its version for none, so every version is affected', () => {
    const affectedBy = (name: string, purl: string) => {
      const [vendor] = csaf.product_tree.branches;
      const product = { product_id: 'P2', name, product_identification_helper: { purl } };
      const branch = { ...vendor, branches: [{ category: 'product_version', name, product }] };
      return read({ ...csaf, product_tree: { branches: [branch] } }).advisories[0]?.affected;
    };
    const every = { package: 'pkg:rpm/redhat/gnutls', versions: [], ranges: ['vers:rpm/*'] };
    expect(affectedBy('gnutls', 'pkg:rpm/redhat/gnutls?arch=src')).toEqual([every]);
    expect(affectedBy('rhel9/gnutls', 'pkg:rpm/redhat/gnutls?arch=src')).toEqual([every]);
    expect(affectedBy('3.8', 'pkg:rpm/redhat/gnutls?arch=src')).toEqual([{ ...every, versions: ['3.8'], ranges: [] }]);
    expect(affectedBy('gnutls-0:3.8-1.el9.src', 'pkg:rpm/redhat/gnutls@3.8-1.el9?arch=src')).toEqual([
      { ...every, versions: ['3.8-1.el9'], ranges: [] },
    ]);
  });

  it('[F951] reads a range that is only compared, and takes any other as every version', () => {
    const rangeOf = (name: string) => {
      const [vendor] = csaf.product_tree.branches;
      const branch = { ...vendor?.branches[1], name };
      return read({ ...csaf, product_tree: { branches: [branch] } }).advisories[0]?.affected[0]?.ranges;
    };
    expect(rangeOf('<4.2')).toEqual(['vers:npm/<4.2']);
    expect(rangeOf('>=4.0, <4.2')).toEqual(['vers:npm/>=4.0|<4.2']);
    expect(rangeOf('all before 4.2')).toEqual(['vers:npm/*']);
  });
});

describe('VEX', () => {
  const openVex = {
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id': 'https://quillmark.example/vex-1',
    author: 'Quillmark',
    timestamp: '2026-03-25T00:00:00Z',
    version: 1,
    statements: [
      {
        vulnerability: { name: 'CVE-2026-1', aliases: ['GHSA-a'] },
        products: [{ '@id': 'pkg:npm/x@1' }],
        status: 'not_affected',
        justification: 'component_not_present',
        impact_statement: 'It is not shipped.',
      },
      {
        vulnerability: { name: 'MAL-2026-1' },
        products: [{ '@id': 'pkg:npm/x@1' }],
        status: 'affected',
        action_statement: 'Rotate keys.',
        timestamp: '2026-03-26T00:00:00Z',
        supplier: 'Quill GmbH',
      },
      { vulnerability: 'CVE-2026-2', products: ['pkg:npm/x@1'], status: 'under_investigation' },
      { vulnerability: { name: 'CVE-2026-3' }, status: 'maybe' },
    ],
  };

  it('[F952] in OpenVEX is read, with the time of the statement, else of the document', () => {
    const reading = read(openVex);
    expect(reading.documents[0]?.statements).toEqual([
      {
        advisory: 'CVE-2026-1',
        state: 'NOT_AFFECTED',
        justification: 'component_not_present: It is not shipped.',
        at: at('2026-03-25T00:00:00Z'),
        source: 'file',
      },
      { advisory: 'MAL-2026-1', state: 'AFFECTED', justification: 'Rotate keys.', at: at('2026-03-26T00:00:00Z'), source: 'file' },
      { advisory: 'CVE-2026-2', state: 'UNDER_INVESTIGATION', justification: null, at: at('2026-03-25T00:00:00Z'), source: 'file' },
    ]);
    expect(saidOf(reading)).toEqual(['statements[3]:45 maybe is not a status of a statement. It is left out.']);
    expect(reading.questions[0]).toMatchObject({
      proposals: [
        { name: 'Quill GmbH', from: 'SUPPLIER' },
        { name: 'Quillmark', from: 'AUTHOR' },
        { name: 'file', from: 'FILE_NAME' },
      ],
    });
    expect(saidOf(read({ ...openVex, '@context': 'https://openvex.dev/ns/v0.9.0' })).at(-1)).toContain(
      'OpenVEX 0.9.0 is not a version that is known.',
    );
  });

  it('[F952] in CycloneDX is read, alone and beside components', () => {
    const vulnerabilities = [
      {
        id: 'CVE-2026-1',
        analysis: {
          state: 'not_affected',
          justification: 'code_not_reachable',
          detail: 'Never loaded.',
          lastUpdated: '2026-03-22T00:00:00Z',
        },
      },
      { id: 'CVE-2026-2', analysis: { state: 'exploitable' } },
      { id: 'CVE-2026-3', analysis: { state: 'resolved' } },
      { id: 'CVE-2026-4', analysis: { state: 'in_triage' } },
      { id: 'CVE-2026-5', analysis: { state: 'odd' } },
      { id: 'CVE-2026-6' },
    ];
    const { metadata } = cycloneDx;
    const alone = read({ bomFormat: 'CycloneDX', specVersion: '1.5', metadata: { timestamp: metadata.timestamp }, vulnerabilities });
    expect(alone.lists).toEqual([]);
    expect(
      alone.documents[0]?.statements.map(({ advisory, state, justification, at: when }) => [advisory, state, justification, when]),
    ).toEqual([
      ['CVE-2026-1', 'NOT_AFFECTED', 'code_not_reachable: Never loaded.', at('2026-03-22T00:00:00Z')],
      ['CVE-2026-2', 'AFFECTED', null, at(metadata.timestamp)],
      ['CVE-2026-3', 'FIXED', null, at(metadata.timestamp)],
      ['CVE-2026-4', 'UNDER_INVESTIGATION', null, at(metadata.timestamp)],
    ]);
    expect(saidOf(alone)).toEqual([
      'vulnerabilities[4]:35 odd is not a state of an analysis. The statement is left out.',
      'vulnerabilities:7 1 vulnerability without an analysis is not read: import the records of advisories themselves.',
    ]);
    expect(read({ ...cycloneDx, vulnerabilities }).documents[0]?.statements.length).toBe(4);
    const xml = `<bom xmlns="http://cyclonedx.org/schema/bom/1.4"><vulnerabilities><vulnerability><id>CVE-1</id><analysis><state>not_affected</state><justification>code_not_present</justification><detail>No.</detail></analysis></vulnerability></vulnerabilities></bom>`;
    expect(read(xml).documents[0]?.statements).toEqual([
      { advisory: 'CVE-1', state: 'NOT_AFFECTED', justification: 'code_not_present: No.', at: null, source: 'file' },
    ]);
  });
});

describe('the time of a registry', () => {
  const pypi = {
    info: { name: 'Lite.LLM', version: '1.82.8' },
    releases: {
      '1.82.7': [
        { filename: 'b.whl', upload_time: '2026-03-24T08:31:00', upload_time_iso_8601: '2026-03-24T08:31:00.5Z' },
        { filename: 'a.tar.gz', upload_time: '2026-03-24T08:30:00' },
      ],
      '1.82.9': [],
    },
    urls: [{ filename: 'c.whl', upload_time_iso_8601: '2026-03-24T10:52:00Z' }],
  };

  it('[F953] is when PyPI took in the first file of a version', () => {
    const from = (content: unknown) =>
      read(content).releases.map((each) => `${each.package} ${each.version} ${new Date(each.from).toISOString()}`);
    const both = ['pkg:pypi/lite-llm 1.82.7 2026-03-24T08:30:00.000Z', 'pkg:pypi/lite-llm 1.82.8 2026-03-24T10:52:00.000Z'];
    expect(from(pypi)).toEqual(both);
    expect(
      from({
        meta: { 'api-version': '1.1' },
        name: 'lite-llm',
        files: [
          { filename: 'lite_llm-1.82.7-py3-none-any.whl', 'upload-time': '2026-03-24T08:30:00.000000Z' },
          { filename: 'lite_llm-1.82.8.tar.gz', 'upload-time': '2026-03-24T10:52:00Z' },
        ],
      }),
    ).toEqual(both);
  });

  it('[F953] is when npm published a version, also one that is gone', () => {
    const packument = {
      name: '@quill/client',
      versions: { '1.0.0': {} },
      time: {
        created: '2020-01-01T00:00:00Z',
        modified: '2026-01-01T00:00:00Z',
        '1.0.0': '2026-03-24T08:30:00Z',
        '1.0.1': '2026-03-24T09:00:00Z',
      },
    };
    expect(read(packument).releases.map((each) => `${each.package} ${each.version}`)).toEqual([
      'pkg:npm/%40quill/client 1.0.0',
      'pkg:npm/%40quill/client 1.0.1',
    ]);
    expect(saidOf(read({ ...packument, time: undefined, 'dist-tags': {} }))).toEqual([
      ':1 The document states no time of a version: ask the registry for the full one. It is left out.',
    ]);
  });

  it('[F953] makes a claim of when an affected version could be installed from, and none until when', () => {
    expect(read([malware, pypi]).availabilities).toEqual(
      ['1.82.7', '1.82.8'].map((version) => ({
        advisory: 'MAL-2026-1',
        package: 'pkg:pypi/lite-llm',
        versions: [version],
        from: at(version === '1.82.7' ? '2026-03-24T08:30:00Z' : '2026-03-24T10:52:00Z'),
        until: null,
        source: 'file',
      })),
    );
    const advisory = { id: 'X-1', affected: [{ package: 'pkg:pypi/lite-llm', versions: [], ranges: ['vers:pypi/*'] }] };
    expect(availabilitiesOf(advisory, read(pypi).releases, (_affected, version) => version === '1.82.7').length).toBe(1);
  });
});
