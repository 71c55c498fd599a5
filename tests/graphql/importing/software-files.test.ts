import { zip } from '../../software/read/files-for-tests.ts';
import { eventually } from '../../support/eventually.ts';
import { afterAll, beforeAll, describe, expect, it } from '../../support/test.ts';
import { Serving } from '../serving.ts';

const serving = new Serving();
const json = { 'content-type': 'application/json' };

const bomOf = (version: string, at: string | undefined, serial = '3e671687-395b-41f5-a30f-a58921a69b79') =>
  JSON.stringify({
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    serialNumber: `urn:uuid:${serial}`,
    version: 1,
    metadata: {
      ...(at === undefined ? {} : { timestamp: at }),
      component: { type: 'application', name: 'gateway', supplier: { name: 'Quill' } },
    },
    components: [{ type: 'library', name: 'litellm', version, purl: `pkg:pypi/LiteLLM@${version}` }],
  });
const advisory = JSON.stringify({
  id: 'MAL-2026-2144',
  summary: 'Poisoned release of litellm',
  modified: '2026-03-25T00:00:00Z',
  affected: [{ package: { ecosystem: 'PyPI', name: 'litellm' }, versions: ['1.82.7'] }],
});

beforeAll(async () => {
  await serving.start();
  await serving.put({
    organizations: [
      { id: 'vega', name: 'Vega Lab', roles: ['LAB'] },
      { id: 'quill', name: 'Quill', roles: ['VENDOR'] },
    ],
    artifacts: [{ id: 'rubric', name: 'Rubric', type: 'OTHER', owner: 'vega', sensitivity: 3 }],
    transfers: [{ id: 't', artifact: 'rubric', sender: 'vega', recipient: 'quill' }],
  });
});
afterAll(() => serving.stopAndDelete());

async function upload(files: Readonly<Record<string, string | Uint8Array<ArrayBuffer>>>): Promise<string> {
  const { id } = await (await fetch(`${serving.url}/api/imports`, { method: 'POST', headers: json, body: '{}' })).json();
  for (const [name, body] of Object.entries(files)) {
    const response = await fetch(`${serving.url}/api/imports/${id}/files/${name}`, { method: 'PUT', body });
    expect([name, response.status, response.ok ? '' : await response.text()]).toEqual([name, 200, '']);
  }
  await analyzed(id);
  return id;
}

const analyzed = (id: string) =>
  eventually(async () => expect((await serving.get('query($id: ID!) { import(id: $id) { state } }', { id })).import.state).toBe('DRAFT'));

async function commit(id: string): Promise<readonly string[]> {
  const answer = await serving.get('mutation($id: ID!) { commitImport(input: { id: $id }) { userErrors { message } } }', { id });
  const errors = answer.commitImport.userErrors.map(({ message }: { message: string }) => message);
  if (errors.length === 0)
    await eventually(async () => {
      const state = await serving.get('query($id: ID!) { import(id: $id) { state failure } }', { id });
      expect(state.import).toEqual({ state: 'COMMITTED', failure: null });
    });
  return errors;
}

describe('files of software, uploaded as lists are', () => {
  it('[F960] are recognized by their content; one question asks whose a list is, and proposes who its file names', async () => {
    const id = await upload({ 'gateway.json': bomOf('1.82.7', '2026-03-24T12:30:00Z'), 'MAL-2026-2144.json': advisory });
    const { import: draft } = await serving.get('query($id: ID!) { import(id: $id) { questions { kind file proposed flag } } }', { id });
    expect(draft.questions).toEqual([{ kind: 'SOFTWARE_OWNER', file: 'gateway.json', proposed: 'quill', flag: '--of ORGANIZATION' }]);
    expect(await commit(id)).toEqual([expect.stringContaining('Whose software list is gateway.json?')]);
    const map = 'mutation($input: MapImportFileInput!) { mapImportFile(input: $input) { userErrors { message } } }';
    expect((await serving.get(map, { input: { import: id, file: 'gateway.json', of: 'Quill' } })).mapImportFile.userErrors).toEqual([]);
    await analyzed(id);
    expect(await commit(id)).toEqual([]);
    const { softwareLists, advisoryMatches } = await serving.get(
      '{ softwareLists { edges { node { id organization { id } subject describedAt provenance { file } } } } advisoryMatches(advisory: "MAL-2026-2144") { edges { node { organization { id } grade because } } } }',
    );
    expect(softwareLists.edges.map(({ node }: { node: unknown }) => node)).toEqual([
      {
        id: 'quill/urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79/1',
        organization: { id: 'quill' },
        subject: 'gateway',
        describedAt: '2026-03-24T12:30:00Z',
        provenance: { file: 'gateway.json' },
      },
    ]);
    expect(advisoryMatches.edges[0].node).toMatchObject({ organization: { id: 'quill' }, grade: 'PRESENT' });
    expect(advisoryMatches.edges[0].node.because).toContain('(gateway.json');
  });

  it('[F961] change nothing when they come again; other content under a serial number is the next edition, and is said', async () => {
    const map = 'mutation($input: MapImportFileInput!) { mapImportFile(input: $input) { userErrors { message } } }';
    const again = async (text: string) => {
      const id = await upload({ 'gateway.json': text });
      await serving.get(map, { input: { import: id, file: 'gateway.json', of: 'quill', asOf: '2026-04-01T00:00:00Z' } });
      await analyzed(id);
      expect(await commit(id)).toEqual([]);
      const { import: done } = await serving.get('query($id: ID!) { import(id: $id) { report { created warnings } } }', { id });
      return done.report;
    };
    expect(await again(bomOf('1.82.7', '2026-03-24T12:30:00Z'))).toMatchObject({ created: 0 });
    const other = await again(bomOf('1.83.0', undefined));
    expect(other.created).toBe(1);
    expect(other.warnings.join('\n')).toContain(
      'It is kept as the next edition, "quill/urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79/1~2".',
    );
    const { softwareList } = await serving.get(
      '{ softwareList(id: "quill/urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79/1~2") { describedAt components { edges { node { package version } } } } }',
    );
    expect(softwareList).toEqual({
      describedAt: '2026-04-01T00:00:00Z',
      components: { edges: [{ node: { package: 'pkg:pypi/litellm', version: '1.83.0' } }] },
    });
  });

  it('[F965] lose hidden characters and halves of letters in subject, names and versions, and the report counts the texts', async () => {
    const bom = JSON.parse(bomOf('1.82.7', '2026-03-24T12:30:00Z', 'ab671687-395b-41f5-a30f-a58921a69b79'));
    bom.metadata.component.name = 'gate\u202eway\nnext';
    bom.components = [
      { name: 'a\0b', version: '1\u200b.2' },
      { name: '\ud800', version: '1\ud800' },
      { name: '\u200b' },
      { name: 'plain' },
    ];
    const id = await upload({ 'hidden.json': JSON.stringify(bom) });
    const map = 'mutation($input: MapImportFileInput!) { mapImportFile(input: $input) { userErrors { message } } }';
    await serving.get(map, { input: { import: id, file: 'hidden.json', of: 'quill' } });
    await analyzed(id);
    expect(await commit(id)).toEqual([]);
    const { import: done } = await serving.get('query($id: ID!) { import(id: $id) { report { warnings } } }', { id });
    expect(done.report.warnings).toEqual([
      'hidden.json: 6 texts lost characters that nobody sees, the first "gate\\u{202E}way\\u{A}next".',
    ]);
    const { softwareList } = await serving.get(
      '{ softwareList(id: "quill/urn:uuid:ab671687-395b-41f5-a30f-a58921a69b79/1") { subject components { edges { node { name version } } } } }',
    );
    expect(softwareList.subject).toBe('gateway next');
    expect(softwareList.components.edges.map(({ node }: { node: object }) => Object.values(node))).toEqual([
      ['\\u{200B}', null],
      ['ab', '1.2'],
      ['plain', null],
      ['\ufffd', '1\ufffd'],
    ]);
  });

  it('[F966] of more than 100 in one .zip are read as one file, and any other archive of as many is refused', async () => {
    const record = (index: number) => JSON.stringify({ id: `Z-${index}`, modified: '2026-03-25T00:00:00Z', affected: [] });
    const records = Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`osv/Z-${index}.json`, record(index)]));
    const id = await upload({ 'all.zip': new Uint8Array(zip(records)) });
    expect(await commit(id)).toEqual([]);
    const { import: done } = await serving.get('query($id: ID!) { import(id: $id) { files { name } report { created } } }', { id });
    expect(done).toEqual({ files: [{ name: 'all.zip' }], report: { created: 150 } });
    const { advisory: found } = await serving.get('{ advisory(id: "Z-149") { id provenances { file } } }');
    expect(found).toEqual({ id: 'Z-149', provenances: [{ file: 'all.zip/osv/Z-149.json' }] });
    const other = await (await fetch(`${serving.url}/api/imports`, { method: 'POST', headers: json, body: '{}' })).json();
    const body = new Uint8Array(zip({ ...records, 'vendors.csv': 'Vendor\nQuill\n' }));
    const refused = await fetch(`${serving.url}/api/imports/${other.id}/files/all.zip`, { method: 'PUT', body });
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('The archive holds more than 100 files')]);
  });

  it('[F963] that state several things of one advisory, for several products, give one statement: the latest, and of one time the worst', async () => {
    const vex = (statements: readonly object[]) =>
      JSON.stringify({
        ...{ '@context': 'https://openvex.dev/ns/v0.2.0', '@id': 'https://vendor.example/vex-1', author: 'Nobody recorded', version: 1 },
        ...{ timestamp: '2026-04-02T00:00:00Z', statements },
      });
    const of = (name: string, status: string, timestamp?: string) => ({
      vulnerability: { name },
      status,
      timestamp,
      products: [{ '@id': 'p' }],
    });
    const id = await upload({
      'vex.json': vex([
        ...[of('CVE-2026-11', 'affected'), of('CVE-2026-11', 'not_affected'), of('CVE-2026-11', 'fixed')],
        ...[of('CVE-2026-12', 'affected', '2026-04-01T00:00:00Z'), of('CVE-2026-12', 'fixed', '2026-04-02T00:00:00Z')],
        of('CVE-2026-13', 'not_affected'),
      ]),
    });
    expect(await commit(id)).toEqual([expect.stringContaining('Whose statements does vex.json hold? Name an organization')]);
    const map = 'mutation($input: MapImportFileInput!) { mapImportFile(input: $input) { userErrors { message } } }';
    await serving.get(map, { input: { import: id, file: 'vex.json', of: 'quill' } });
    await analyzed(id);
    expect(await commit(id)).toEqual([]);
    const records = [11, 12, 13].map((at) => ({
      id: `CVE-2026-${at}`,
      modified: '2026-04-01T00:00:00Z',
      affected: [{ package: { ecosystem: 'PyPI', name: 'litellm' } }],
    }));
    await commit(await upload({ 'records.json': JSON.stringify(records) }));
    const { softwareMatches } = await serving.get(
      '{ softwareMatches(organization: "quill") { edges { node { advisory { id } match { statements { state } } } } } }',
    );
    const states = softwareMatches.edges.map(
      ({ node }: { node: { advisory: { id: string }; match: { statements: { state: string }[] } } }) => [
        node.advisory.id,
        node.match.statements.map(({ state }) => state),
      ],
    );
    expect(states).toEqual(
      expect.arrayContaining([
        ['CVE-2026-11', ['AFFECTED']],
        ['CVE-2026-12', ['FIXED']],
        ['CVE-2026-13', ['NOT_AFFECTED']],
      ]),
    );
  });

  it('[F964] of a vendor that is not recorded give the advisory, and leave out its statements with a count until somebody says whose they are', async () => {
    const csaf = JSON.stringify({
      document: {
        ...{ category: 'csaf_security_advisory', csaf_version: '2.0', title: 'Malicious code in a gateway' },
        publisher: { category: 'vendor', name: 'Nordlicht Software' },
        tracking: { id: 'NL-2026-001', current_release_date: '2026-03-25T08:00:00Z' },
      },
      product_tree: {
        branches: [{ product: { product_id: 'P1', product_identification_helper: { purl: 'pkg:pypi/nordlicht@1.0.7' } } }],
      },
      vulnerabilities: [{ cve: 'CVE-2026-21', cwe: { id: 'CWE-506' }, product_status: { known_affected: ['P1'] } }],
    });
    const asked = 'query($id: ID!) { import(id: $id) { questions { kind isOptional message } } }';
    const report = 'query($id: ID!) { import(id: $id) { report { created unchanged warnings } } }';
    const id = await upload({ 'nordlicht.json': csaf });
    expect((await serving.get(asked, { id })).import.questions).toEqual([
      { kind: 'SOFTWARE_OWNER', isOptional: true, message: expect.stringContaining('The file names "Nordlicht Software".') },
    ]);
    expect(await commit(id)).toEqual([]);
    expect((await serving.get(report, { id })).import.report).toEqual({
      ...{ created: 1, unchanged: 0 },
      warnings: [
        'nordlicht.json: 1 statement of "Nordlicht Software", which is no recorded organization, is left out. Record the vendor, and import the file again.',
      ],
    });
    const { advisory: found } = await serving.get('{ advisory(id: "CVE-2026-21") { kind affected { package versions } } }');
    expect(found).toEqual({ kind: 'MALWARE', affected: [{ package: 'pkg:pypi/nordlicht', versions: ['1.0.7'] }] });

    await serving.put({ organizations: [{ id: 'nordlicht', name: 'Nordlicht Software', roles: ['VENDOR'] }] });
    const again = await upload({ 'nordlicht.json': csaf });
    expect((await serving.get(report, { id: again })).import.report.warnings).toEqual([
      'nordlicht.json: 1 statement of "Nordlicht Software" is left out. Say whose: nordlicht is proposed.',
      'Nothing changes: the files match the recorded facts.',
    ]);
    const map = 'mutation($input: MapImportFileInput!) { mapImportFile(input: $input) { userErrors { message } } }';
    await serving.get(map, { input: { import: again, file: 'nordlicht.json', of: 'nordlicht' } });
    await analyzed(again);
    expect(await commit(again)).toEqual([]);
    expect((await serving.get(report, { id: again })).import.report).toEqual({ created: 1, unchanged: 1, warnings: [] });
  });

  it('[F962] that are damaged are refused with what to do; JSON of another kind is still read as a list', async () => {
    const { id } = await (await fetch(`${serving.url}/api/imports`, { method: 'POST', headers: json, body: '{}' })).json();
    const damaged = await fetch(`${serving.url}/api/imports/${id}/files/bom.xml`, {
      method: 'PUT',
      body: '<bom xmlns="http://cyclonedx.org/schema/bom/1.5"><components>',
    });
    expect(damaged.status).toBe(400);
    const refusalOf = async (name: string, body: string | Buffer<ArrayBuffer>) => {
      const answer = await fetch(`${serving.url}/api/imports/${id}/files/${name}`, { method: 'PUT', body });
      return answer.status === 200 ? 'read' : (await answer.json()).errors[0].message;
    };
    const bom = bomOf('1.82.7', undefined);
    const again = 'Export it again, and import that.';
    const cut = expect.stringMatching(/^bom\.json: The file is not valid JSON \(.+\)\. Export it again, and import that\.$/);
    expect(await refusalOf('bom.json', bom.slice(0, -20))).toEqual(cut);
    expect(await refusalOf('bom.json', JSON.stringify(JSON.parse(bom), null, 2).slice(0, -20))).toEqual(cut);
    expect(await refusalOf('bom.json', `\ufeff${bom.slice(0, -20)}`)).toEqual(cut);
    expect(await refusalOf('bom.json', Buffer.from(bom.slice(0, -20), 'utf16le').subarray(0, 200))).not.toBe('read');
    expect(await refusalOf('bom.json', Buffer.from(bom.replace('gateway', 'gatew\u00e4y'), 'latin1'))).toBe(
      'bom.json: The file is neither UTF-8 nor UTF-16 text. Save it as UTF-8, and import that.',
    );
    expect(await refusalOf('MAL-2026-2144.json', advisory.slice(0, -9))).toContain(again);
    expect(await refusalOf('MAL-2026-2144.yaml', 'id: MAL-1\nmodified: 2026-01-01T00:00:00Z\naffected: [\n')).toContain(
      'is not YAML that can be read. Write the records as JSON, and import that.',
    );
    expect(await refusalOf('spdx.json', '{"spdxVersion": "SPDX-2.3", "packages": [')).toContain(again);
    expect(await refusalOf('vex.json', '{"@context": "https://openvex.dev/ns/v0.2.0", "statements": [')).toContain(again);
    expect(await refusalOf('csaf.json', '{"document": {"csaf_version": "2.0", ')).toContain(again);
    expect(await refusalOf('bom.xml', '<bom xmlns="http://cyclonedx.org/schema/bom/1.5"><components>')).toMatch(
      /^bom\.xml: The file is not XML that can be read \(.+\)\. Write the list again, as JSON if you can, and import that\.$/,
    );
    expect(await refusalOf('bom.json.bz2', Buffer.from('BZh9aaaa'))).toBe(
      'bom.json.bz2: The file is packed as .bz2, which is not read. Unpack it, or pack it as .gz or .zip, and import that.',
    );
    // An attribute that is called as a mark of an advisory makes no advisory of a list.
    expect(await refusalOf('products.json', '[{"vendor": "Zeta Cloud", "affected": "no", "modified": "2026-01-01"}]')).toBe('read');
    const list = await fetch(`${serving.url}/api/imports/${id}/files/vendors.json`, {
      method: 'PUT',
      body: '[{"vendor": "Zeta Cloud", "service": "Hosting"}, {"vendor": "Omega", "service": "Labels"}]',
    });
    expect(list.status).toBe(200);
  });

  it('[F980] that are AI bills of materials propose artifacts and transfers, which become facts only by an answer with their type', async () => {
    const party = (name: string) => ({ organization: { name } });
    const data = (name: string, classification: string | undefined, owners: string[], custodians: string[]) => ({
      type: 'data',
      name,
      data: [{ type: 'definition', name, classification, governance: { owners: owners.map(party), custodians: custodians.map(party) } }],
    });
    const bom = JSON.stringify({
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      metadata: { timestamp: '2026-03-20T00:00:00Z', component: { type: 'application', name: 'guides' } },
      components: [
        data('Guide', 'Confidential', ['Vega Lab'], ['Quill', 'Nobody']),
        data('Rubric', 'Public', ['Vega Lab'], ['Quill']),
        data('Unrated', undefined, ['Vega Lab'], ['Quill']),
        data('Shared', 'Public', ['Vega Lab', 'Quill'], []),
      ],
    });
    const map = 'mutation($input: MapImportFileInput!) { mapImportFile(input: $input) { userErrors { message } } }';
    const facts =
      '{ artifacts(first: 9) { edges { node { id type sensitivity owner { id } } } } transfers(first: 9) { edges { node { id sentAt recipient { id } } } } }';
    const importAs = async (materials: string | undefined) => {
      const id = await upload({ 'guides.json': bom });
      const { import: draft } = await serving.get('query($id: ID!) { import(id: $id) { questions { kind message proposed choices } } }', {
        id,
      });
      const question = draft.questions.find(({ kind }: { kind: string }) => kind === 'MATERIALS');
      await serving.get(map, { input: { import: id, file: 'guides.json', of: 'vega', materials } });
      await analyzed(id);
      expect(await commit(id)).toEqual([]);
      const { import: done } = await serving.get('query($id: ID!) { import(id: $id) { report { created warnings } } }', { id });
      return { question, ...done.report };
    };
    const before = await serving.get(facts);
    const unanswered = await importAs(undefined);
    expect(unanswered.question).toMatchObject({ proposed: null, choices: expect.arrayContaining(['ANNOTATION_GUIDELINES', 'OTHER']) });
    expect(unanswered.question.message).toContain('Guide (of Vega Lab, at Quill, Nobody, level "Confidential")');
    expect(await serving.get(facts)).toEqual(before);
    const answered = await importAs('ANNOTATION_GUIDELINES');
    expect(answered.warnings).toEqual([
      'guides.json: The custodian "Nobody" of Guide is no organization that is recorded, so no transfer to it is.',
      'guides.json: Rubric is left out: an artifact of this name is recorded as rubric. Record its transfers by hand.',
      'guides.json: Unrated is left out: it states no level. Record it by hand, with a sensitivity.',
      'guides.json: Shared is left out: it has several owners, and an artifact has one.',
    ]);
    const after = await serving.get(facts);
    const added = (page: 'artifacts' | 'transfers') =>
      after[page].edges
        .slice()
        .filter(({ node }: { node: { id: string } }) => node.id.startsWith('vega/'))
        .map(({ node }: { node: object }) => node);
    expect(added('artifacts')).toEqual([{ id: 'vega/Guide', type: 'ANNOTATION_GUIDELINES', sensitivity: 4, owner: { id: 'vega' } }]);
    expect(added('transfers')).toEqual([{ id: 'vega/Guide to quill', sentAt: null, recipient: { id: 'quill' } }]);
    expect(await importAs('ANNOTATION_GUIDELINES')).toMatchObject({ created: 0 });
  });
});
