import { listContent, listId } from '../../../server/software/read/read-software.ts';
import { describe, expect, it } from '../../support/test.ts';
import { cycloneDx, cycloneDxXml, listOf, read, saidOf, spdx, spdx3 } from './files-for-tests.ts';

const { serialNumber: _serial, ...withoutSerial } = cycloneDx;
const component = (fields: object) => ({ type: 'library', ...fields });
const bomOf = (...components: object[]) => ({
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  metadata: { timestamp: '2026-03-20T00:00:00Z' },
  components,
});

describe('a CycloneDX list', () => {
  it('[F890] has a row for each component, also inside others, and for a subject with a purl', () => {
    const list = listOf(read(cycloneDx));
    expect(list.rows).toEqual([
      'pkg:pypi/quillmark-gateway 4.2 UNKNOWN',
      'part - UNKNOWN',
      'pkg:npm/%40quill/client 1.82.7 DIRECT optional',
      'pkg:pypi/lite-llm 1.0 UNKNOWN',
      'deep >=1.13 TRANSITIVE',
    ]);
    expect(list.components[2]).toEqual({
      package: 'pkg:npm/%40quill/client',
      name: '@quill/client',
      version: '1.82.7',
      constraint: null,
      scope: 'optional',
      depth: 'DIRECT',
      hashes: ['SHA-256:abc'],
    });
    const { components: _rows, rows: _texts, ...head } = list;
    expect(head).toEqual({
      key: 'urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79/2',
      subject: 'pkg:pypi/quillmark-gateway',
      subjectVersion: '4.2',
      describedAt: Date.parse('2026-03-20T08:30:00Z'),
      lifecycle: 'DEPLOYED',
      isComplete: true,
      format: 'CYCLONEDX',
      place: { file: 'file', path: '', line: null },
    });
  });

  it('[F890] reads the same in XML', () => {
    expect(read(cycloneDxXml).lists).toEqual(read(cycloneDx).lists);
    expect(saidOf(read(cycloneDxXml))).toEqual([]);
  });

  it('[F890] reads XML beside elements of any name, and in any order of elements', () => {
    const others = Array.from({ length: 1500 }, (_, i) => `<x${i}><y${i}>z</y${i}></x${i}>`);
    const licenses = '<licenses><license><name><![CDATA[not a]]></name><version>9</version></license></licenses>';
    const parts = ['<version>1.0</version>', '<name><![CDATA[a]]></name>', licenses, others.join(''), '<purl>pkg:npm/a</purl>'];
    const components = parts.map((_, at) => [...parts.slice(at), ...parts.slice(0, at)].join(''));
    const xml = `<bom xmlns="http://cyclonedx.org/schema/bom/1.5">${others.join('')}<components>${components.map((each) => `<component>${each}</component>`).join('')}</components></bom>`;
    const found = listOf(read(xml)).components.map(({ package: purl, name, version }) => [purl, name, version]);
    expect(found).toEqual(components.map(() => ['pkg:npm/a', 'a', '1.0']));
  });

  it('[F890] in XML whose components stand in several places has a row for each', () => {
    const part = (name: string) => `<components><component><name>${name}</name></component></components>`;
    expect(listOf(read(`<bom xmlns="http://cyclonedx.org/schema/bom/1.4">${part('a')}${part('b')}</bom>`)).rows).toEqual([
      'a - UNKNOWN',
      'b - UNKNOWN',
    ]);
  });

  it('[F890] of each known version reads the same, without a warning', () => {
    for (const specVersion of ['1.2', '1.3', '1.4', '1.5', '1.6', '1.7']) {
      const reading = read({ ...cycloneDx, specVersion });
      expect([specVersion, listOf(reading).rows.length, saidOf(reading)]).toEqual([specVersion, 5, []]);
      const xml = read(cycloneDxXml.replace('bom/1.6', `bom/${specVersion}`));
      expect([specVersion, xml.lists, saidOf(xml)]).toEqual([specVersion, reading.lists, []]);
    }
  });

  it('[F890] says that it is incomplete where a part of it is, and nothing where it states nothing', () => {
    const isCompleteWith = (compositions: unknown) => listOf(read({ ...cycloneDx, compositions })).isComplete;
    expect(isCompleteWith(undefined)).toBeNull();
    expect(isCompleteWith([{ aggregate: 'unknown' }])).toBeNull();
    expect(isCompleteWith([{ aggregate: 'complete', assemblies: ['client'] }])).toBeNull();
    expect(isCompleteWith([{ aggregate: 'complete' }])).toBe(true);
    expect(isCompleteWith([{ aggregate: 'complete' }, { aggregate: 'incomplete_third_party_only', assemblies: ['client'] }])).toBe(false);
    expect(isCompleteWith([{ aggregate: 'incomplete', vulnerabilities: ['v'] }])).toBeNull();
  });

  it('[F890] without components is none', () => {
    const saas = { bomFormat: 'CycloneDX', specVersion: '1.6', metadata: {}, services: [{ name: 'api' }] };
    const reading = read(saas);
    expect(reading.lists).toEqual([]);
    expect(saidOf(reading)).toEqual([':1 The file states no components and no analysis of a vulnerability. Nothing of it is kept.']);
    expect(saidOf(read({ ...saas, components: [] }))).toEqual(['components:10 The list names no component.']);
  });

  it('[F890] gives a component that npm marks the scope dev', () => {
    const marked = component({ name: 'kit', properties: [{ name: 'cdx:npm:package:development', value: 'true' }] });
    expect(listOf(read(bomOf(marked))).rows).toEqual(['kit - UNKNOWN dev']);
  });
});

describe('an SPDX list', () => {
  it('[F891] has a row for each package, and none for a file', () => {
    const list = listOf(read(spdx));
    expect(list.rows).toEqual([
      'pkg:pypi/quillmark-gateway 4.2 UNKNOWN',
      'pkg:npm/%40quill/client 1.82.7 DIRECT',
      'pip:deep ^1.13 TRANSITIVE',
      'test-kit - DIRECT test',
    ]);
    expect(list.components[1]?.hashes).toEqual(['SHA-256:abc']);
    expect([list.key, list.subject, list.subjectVersion, list.format, list.lifecycle, list.isComplete]).toEqual([
      'https://quillmark.example/spdx/gateway-4.2',
      'pkg:pypi/quillmark-gateway',
      '4.2',
      'SPDX',
      'UNKNOWN',
      null,
    ]);
    expect(list.describedAt).toBe(Date.parse('2026-03-20T08:30:00Z'));
    expect(saidOf(read(spdx))).toEqual([]);
    expect(read({ ...spdx, spdxVersion: 'SPDX-2.2' }).lists).toEqual(read(spdx).lists);
  });

  it('[F891] has no row for a subject without a purl', () => {
    const packages = spdx.packages.map((each) => ({ ...each, externalRefs: [] }));
    const list = listOf(read({ ...spdx, packages }));
    expect([list.subject, list.rows[0]]).toEqual(['gateway', '@quill/client 1.82.7 DIRECT']);
  });

  it('[F891] has a row for each package that the purls of one name, with the same depth', () => {
    const purls = [
      'pkg:oci/Ubi Micro',
      'pkg:oci/ubi-micro@sha256%3Aa?tag=1',
      'pkg:oci/ubi-micro@sha256%3Aa?tag=2',
      'pkg:oci/ubi9-micro@sha256%3Aa',
    ];
    const rows = ['pkg:oci/ubi-micro 1 DIRECT', 'pkg:oci/ubi9-micro 1 DIRECT'];
    const externalRefs = purls.map((referenceLocator, index) => ({
      referenceType: index === 3 ? 'http://spdx.org/rdf/references/purl' : 'purl',
      referenceLocator,
    }));
    const packages = spdx.packages.map((each) => (each.name === '@quill/client' ? { ...each, versionInfo: '1', externalRefs } : each));
    expect(listOf(read({ ...spdx, packages })).rows.slice(1, 3)).toEqual(rows);
    const graph = spdx3['@graph'].map((each) => {
      if (each.name !== '@quill/client') return each;
      const externalIdentifier = purls.map((identifier) => ({ externalIdentifierType: 'packageUrl', identifier }));
      return { ...each, software_packageVersion: '1', software_packageUrl: undefined, externalIdentifier };
    });
    expect(listOf(read({ ...spdx3, '@graph': graph })).rows.slice(1, 3)).toEqual(rows.map((row) => `${row} dev`));
  });

  it('[F891] that a tool wrapped in an answer or an attestation is read', () => {
    expect(read({ sbom: spdx }).lists).toEqual(read(spdx).lists);
    expect(read({ _type: 'https://in-toto.io/Statement/v1', predicate: cycloneDx }).lists).toEqual(read(cycloneDx).lists);
  });

  it('[F891] of version 3.0 has a row for each package, model and data set', () => {
    const list = listOf(read(spdx3));
    expect(list.rows).toEqual([
      'pkg:pypi/quillmark-gateway 4.2 UNKNOWN',
      'pkg:npm/%40quill/client 1.82.7 DIRECT dev',
      'ranker 3 TRANSITIVE',
    ]);
    expect(list.components[1]?.hashes).toEqual(['SHA-256:abc']);
    expect([list.key, list.subject, list.subjectVersion, list.lifecycle, list.isComplete, list.format]).toEqual([
      'https://quillmark.example/document',
      'pkg:pypi/quillmark-gateway',
      '4.2',
      'RUNTIME',
      false,
      'SPDX',
    ]);
    expect(list.describedAt).toBe(Date.parse('2026-03-20T08:30:00Z'));
    expect(saidOf(read(spdx3))).toEqual([]);
  });
});

describe('a row', () => {
  it('[F892] keeps a range in the place of a version as its constraint, and no word that states none', () => {
    const versionOf = (version: string) => {
      const [row] = listOf(read(bomOf(component({ name: 'a', version })))).components;
      return row?.version === null ? `constraint ${row.constraint}` : `version ${row?.version}`;
    };
    const versions = [
      '1.82.7',
      'v1.2.3',
      '1.82.7+cu118',
      '1:2.3~rc1-4',
      '2024-04-15',
      '(devel)',
      'RELEASE',
      'sha256:ab',
      '1.0.0-x',
      '3.x86',
    ];
    expect(versions.map(versionOf)).toEqual(versions.map((version) => `version ${version}`));
    const ranges = [
      '>=1.13',
      '^2.0',
      '~> 1.2',
      '~1.2',
      '==1.82.6',
      '=1.2',
      '!=2',
      '*',
      '1.x',
      '1.2.*',
      'x',
      '1.0 - 2.0',
      '1 || 2',
      '[1.0,2.0)',
      '(,1.0]',
      '[1.0]',
      'vers:pypi/>=1|<2',
    ];
    expect(ranges.map(versionOf)).toEqual(ranges.map((range) => `constraint ${range}`));
    for (const none of ['', ' ', 'NOASSERTION', 'unknown', 'UNSPECIFIED', 'latest']) expect(versionOf(none)).toBe('constraint null');
  });

  it('[F892] takes a number for its digits, and one that is too large to be exact for none', () => {
    const versionsOf = (version: string) => listOf(read(`{"bomFormat":"CycloneDX","components":[{"name":"a","version":${version}}]}`)).rows;
    expect(['2.5', '0', '12345678901234567890', '1e400'].map((version) => versionsOf(version)[0])).toEqual([
      'a 2.5 UNKNOWN',
      'a 0 UNKNOWN',
      'a - UNKNOWN',
      'a - UNKNOWN',
    ]);
  });

  it('[F892] takes a version from its purl, and a range from versionRange, where it states no version', () => {
    const rows = listOf(
      read(
        bomOf(
          component({ name: 'a', purl: 'pkg:npm/a@1.0' }),
          component({ name: 'b', versionRange: 'vers:npm/>=1', isExternal: true }),
          component({ name: 'c', purl: 'pkg:npm/c@%3E%3D1.13' }),
          component({ purl: 'pkg:npm/%40d/e@2' }),
        ),
      ),
    ).components;
    expect(rows.map(({ name, version, constraint }) => [name, version, constraint])).toEqual([
      ['a', '1.0', null],
      ['b', null, 'vers:npm/>=1'],
      ['c', null, '>=1.13'],
      ['e', '2', null],
    ]);
  });

  it('[F892] keeps its own version where the purl states another, and says so once', () => {
    const reading = read(
      bomOf(
        component({ name: 'a', version: '1', purl: 'pkg:npm/a@2' }),
        component({ name: 'b', version: '1', purl: 'pkg:npm/b@2' }),
        component({ name: 'c', version: 'v1', purl: 'pkg:golang/c/c@1' }),
      ),
    );
    expect(listOf(reading).rows.map((row) => row.split(' ')[1])).toEqual(['1', '1', 'v1']);
    expect(saidOf(reading)).toEqual([
      'components[0]:8 2 components state another version than the purl does. The version of the component is kept.',
    ]);
  });

  it('[F893] with an invalid purl is kept by its name, else left out with its line', () => {
    const reading = read(
      bomOf(
        component({ name: 'gradle', purl: 'pkg:maven/gradle@wrapper' }),
        component({ purl: 'not a purl' }),
        component({ name: 'outer', components: [component({ purl: 'pkg:npm/' })] }),
      ),
    );
    expect(listOf(reading).rows).toEqual(['gradle - UNKNOWN', 'outer - UNKNOWN']);
    expect(saidOf(reading)).toEqual([
      'components[0].purl:11 pkg:maven/gradle@wrapper is not a valid purl. gradle is kept by its name.',
      'components[1]:13 not a purl is not a valid purl, and the component has no name of at most 1,000 letters. It is left out.',
      'components[2].components[0]:21 pkg:npm/ is not a valid purl, and the component has no name of at most 1,000 letters. It is left out.',
    ]);
    const xml = `<bom xmlns="http://cyclonedx.org/schema/bom/1.5">\n<components>\n<component><name>a</name></component>\n<component><purl>nope</purl></component></components></bom>`;
    expect(saidOf(read(xml)).at(-1)).toBe(
      'components[1]:4 nope is not a valid purl, and the component has no name of at most 1,000 letters. It is left out.',
    );
  });

  it('[F893] of many with the same fault is counted', () => {
    const reading = read(bomOf(...Array.from({ length: 60 }, (_, index) => component({ name: `n${index}`, purl: 'x' }))));
    expect(reading.warnings.length).toBe(51);
    expect(reading.warnings.at(-1)?.message).toBe('10 more of the same kind: x is not a valid purl. n50 is kept by its name.');
  });
});

describe('the depth of a component', () => {
  it('[F894] is unknown where a reference leads nowhere, which is said once', () => {
    const reading = read({
      ...bomOf(component({ 'bom-ref': 'a', name: 'a' }), component({ 'bom-ref': 'b', name: 'b' })),
      metadata: { timestamp: '2026-03-20T00:00:00Z', component: { 'bom-ref': 'root', name: 'app' } },
      dependencies: [{ ref: 'root', dependsOn: ['a', 'gone'] }, { ref: 'gone', dependsOn: ['b'] }, { ref: 'also gone' }],
    });
    expect(listOf(reading).rows).toEqual(['a - DIRECT', 'b - UNKNOWN']);
    expect(saidOf(reading)).toEqual([
      'dependencies:23 3 references of the dependencies lead to no component, the first to "gone". The depth of what is reached only there is unknown.',
    ]);
  });

  it('[F894] ends where a circle of dependencies began, and each component is one row', () => {
    const count = 2000;
    const ring = Array.from({ length: count }, (_, index) => component({ 'bom-ref': `c${index}`, name: `c${index}` }));
    const dependencies = ring.map((_, index) => ({ ref: `c${index}`, dependsOn: [`c${(index + 1) % count}`, 'root', `c${index}`] }));
    const list = listOf(
      read({
        ...bomOf(...ring),
        metadata: { component: { 'bom-ref': 'root', name: 'app' } },
        dependencies: [{ ref: 'root', dependsOn: ['c7'] }, ...dependencies],
      }),
    );
    expect(list.rows.length).toBe(count);
    expect(list.rows.filter((row) => row.endsWith('TRANSITIVE')).length).toBe(count - 1);
    expect(list.rows[7]).toBe('c7 - DIRECT');
  });

  it('[F894] takes a package that is part of another for what the other needs, in SPDX', () => {
    const partOf = (part: string, whole: string) => ({ spdxElementId: part, relationshipType: 'PACKAGE_OF', relatedSpdxElement: whole });
    const described = { spdxElementId: 'SPDXRef-DOCUMENT', relationshipType: 'DESCRIBES', relatedSpdxElement: 'SPDXRef-image' };
    const packages = ['image', 'part', 'deep', 'other'].map((name) => ({ SPDXID: `SPDXRef-${name}`, name, versionInfo: '1' }));
    const relationships = [described, partOf('SPDXRef-part', 'SPDXRef-image'), partOf('SPDXRef-deep', 'SPDXRef-part')];
    expect(listOf(read({ ...spdx, documentDescribes: [], packages, relationships })).rows).toEqual([
      'part 1 DIRECT',
      'deep 1 TRANSITIVE',
      'other 1 UNKNOWN',
    ]);
  });

  it('[F894] follows purls where a component has no bom-ref', () => {
    const reading = read({
      ...bomOf(component({ name: 'a', purl: 'pkg:npm/a@1' })),
      metadata: { component: { name: 'app', purl: 'pkg:npm/app@1' } },
      dependencies: [{ ref: 'pkg:npm/app@1', dependsOn: ['pkg:npm/a@1'] }],
    });
    expect(listOf(reading).rows).toEqual(['pkg:npm/app 1 UNKNOWN', 'pkg:npm/a 1 DIRECT']);
  });
});

describe('the time of a list', () => {
  const withTime = (timestamp: unknown) => read({ ...cycloneDx, metadata: { ...cycloneDx.metadata, timestamp } });

  it('[F895] is asked for where the file states none', () => {
    const reading = withTime(undefined);
    expect([listOf(reading).describedAt, saidOf(reading)]).toEqual([null, []]);
    expect(reading.questions.map(({ kind }) => kind)).toEqual(['OWNER', 'TIME']);
    expect(read(cycloneDx).questions.map(({ kind }) => kind)).toEqual(['OWNER']);
  });

  it('[F895] is unknown, and said, in the future, before 1971, and where it cannot be read', () => {
    const said = (timestamp: unknown) => {
      const reading = withTime(timestamp);
      expect([listOf(reading).describedAt, reading.questions.some(({ kind }) => kind === 'TIME')]).toEqual([null, true]);
      return saidOf(reading);
    };
    expect(said('2026-11-29T12:00:01Z')).toEqual(['metadata.timestamp:7 2026-11-29T12:00:01Z lies in the future. The date is unknown.']);
    expect(said('1970-01-01T00:00:00Z')).toEqual(['metadata.timestamp:7 1970-01-01 lies before 1971. The date is unknown.']);
    expect(said('yesterday')).toEqual(['metadata.timestamp:7 yesterday is not a date that can be read. The date is unknown.']);
    expect(said('2023-02-29T00:00:00Z')).toEqual([
      'metadata.timestamp:7 2023-02-29T00:00:00Z is not a date that can be read. The date is unknown.',
    ]);
    expect(said({})).toEqual(['metadata.timestamp:7 a value that is no text is not a date that can be read. The date is unknown.']);
  });

  it('[F895] without a zone is in UTC; offsets are converted', () => {
    for (const stated of [
      '2026-03-20T08:30:00',
      '2026-03-20T08:30',
      '2026-03-20T10:30:00+0200',
      '2026-03-20T10:30+02:00',
      '2026-03-20T08:30:00.0004Z',
    ])
      expect([stated, listOf(withTime(stated)).describedAt]).toEqual([stated, Date.parse('2026-03-20T08:30:00Z')]);
    expect(listOf(withTime('2026-03-20')).describedAt).toBe(Date.parse('2026-03-20T00:00:00Z'));
  });
});

describe('questions about a list', () => {
  const owners = (content: unknown, file?: string) =>
    read(content, file).questions.flatMap((question) =>
      question.kind === 'OWNER' ? question.proposals.map(({ name, from }) => `${from} ${name}`) : [],
    );

  it('[F896] propose the supplier, the manufacturer, the folder and the name of the file', () => {
    expect(owners(cycloneDx, 'boms/quillmark/gateway.cdx.json')).toEqual([
      'SUPPLIER Quillmark',
      'MANUFACTURER Quillmark Labs',
      'FOLDER quillmark',
      'FILE_NAME gateway',
    ]);
    expect(owners(spdx, 'sbom.spdx.json')).toEqual(['SUPPLIER Quillmark', 'MANUFACTURER Quillmark Labs']);
    expect(owners(spdx3, 'bom-1.4.json')).toEqual(['SUPPLIER Quillmark']);
  });

  it('[F896] ask which of several subjects a list is of', () => {
    const several = { ...spdx, documentDescribes: ['SPDXRef-gateway', 'SPDXRef-deep'] };
    const reading = read(several);
    expect([listOf(reading).subject, listOf(reading).subjectVersion]).toEqual(['', null]);
    expect(reading.questions.filter(({ kind }) => kind === 'SUBJECT')).toEqual([
      {
        kind: 'SUBJECT',
        index: 0,
        proposals: [
          { subject: 'pkg:pypi/quillmark-gateway', subjectVersion: '4.2' },
          { subject: 'pip:deep', subjectVersion: '^1.13' },
        ],
      },
    ]);
    expect(listOf(reading).rows.length).toBe(4);
  });
});

describe('the id of a list', () => {
  it('[F897] is what the file states, else the hash of its bytes', () => {
    expect(listOf(read({ ...cycloneDx, version: undefined })).key).toBe('urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79/1');
    expect(listOf(read('{"bomFormat":"CycloneDX","specVersion":"1.5","components":[]}')).key).toBe(
      'sha256:556a2835e9feaf8d5b899871f9e24aa551423885663b261e2f582dfca1171224',
    );
    expect(listOf(read(withoutSerial)).key).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  it('[F897] of other content gets ~2 and ~3, of equal content the same', () => {
    const stored = new Map<string, string>();
    const put = (content: unknown) => {
      const list = listOf(read(content));
      const found = listId('quillmark', list, (id) => stored.get(id));
      stored.set(found.id, listContent(list));
      return `${found.id.slice('quillmark/urn:uuid:3e671687-395b-41f5-a30f-'.length)} ${found.isOther}`;
    };
    const other = (name: string) => ({ ...cycloneDx, components: [component({ name })] });
    expect(put(cycloneDx)).toBe('a58921a69b79/2 false');
    expect(put(cycloneDxXml)).toBe('a58921a69b79/2 false');
    expect(put(other('a'))).toBe('a58921a69b79/2~2 true');
    expect(put(other('b'))).toBe('a58921a69b79/2~3 true');
    expect(put(other('a'))).toBe('a58921a69b79/2~2 true');
  });
});

describe('a version of a format that is not known', () => {
  it('[F898] is read, with a warning that names its new fields', () => {
    const later = {
      ...cycloneDx,
      specVersion: '1.9',
      quantum: {},
      components: [...cycloneDx.components, component({ name: 'new', entanglement: 1 })],
    };
    const reading = read(later);
    expect(listOf(reading).rows.length).toBe(6);
    expect(saidOf(reading)).toEqual([
      'specVersion:3 CycloneDX 1.9 is not a version that is known. It is read as the latest that is. Unknown fields: entanglement, quantum.',
    ]);
    expect(saidOf(read(cycloneDxXml.replace('bom/1.6', 'bom/2.0')))).toEqual([
      'specVersion:2 CycloneDX 2.0 is not a version that is known. It is read as the latest that is. It has no field that is unknown.',
    ]);
    expect(saidOf(read({ ...spdx, spdxVersion: 'SPDX-2.4', newField: 1 }))).toEqual([
      'spdxVersion:2 SPDX-2.4 is not a version that is known. It is read as the latest that is. Unknown fields: newField.',
    ]);
    const graph = spdx3['@graph'].map((each) => ('specVersion' in each ? { ...each, specVersion: '3.1.0' } : each));
    const [said] = saidOf(read({ ...spdx3, '@graph': graph }));
    expect(said).toBe(':1 SPDX 3.1.0 is not a version that is known. It is read as 3.0, and fields that 3.0 lacks are not read.');
  });
});
