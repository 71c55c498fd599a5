import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import type { SoftwareReading } from '../../../server/software/read/read-software.ts';
import { readSoftware } from '../../../server/software/read/read-software.ts';

/** When the tests read. */
export const now = Date.parse('2026-11-29T12:00:00Z');

/** Reads a value as JSON, a text, or bytes, from a file whose name says nothing. */
export function read(content: unknown, file = 'file'): SoftwareReading {
  return readSoftware(toBytes(content), file, now);
}

export function toBytes(content: unknown): Buffer {
  if (Buffer.isBuffer(content)) return content;
  return Buffer.from(typeof content === 'string' ? content : JSON.stringify(content, null, 1));
}

export const gzip = (content: unknown): Buffer => gzipSync(toBytes(content));

export function zip(files: Readonly<Record<string, unknown>>): Buffer {
  return Buffer.from(zipSync(Object.fromEntries(Object.entries(files).map(([name, content]) => [name, toBytes(content)]))));
}

/** The refusal of a content, as `CODE: message`. */
export function refusalOf(content: unknown, file = 'file'): string {
  try {
    const { lists, records, documents } = read(content, file);
    return `read: ${lists.length} lists, ${records.length} records, ${documents.length} documents`;
  } catch (error) {
    return `${(error as { code?: string }).code ?? 'no code'}: ${(error as Error).message}`;
  }
}

/** Warnings as `path:line message`. */
export function saidOf({ warnings }: SoftwareReading): string[] {
  return warnings.map(({ place, message }) => `${place.path}:${place.line ?? '?'} ${message}`);
}

/** The one list of a reading, with its rows as texts: purl or name, version or constraint, depth. */
export function listOf(reading: SoftwareReading) {
  const [list] = reading.lists;
  if (list === undefined || reading.lists.length !== 1) throw new Error(`${reading.lists.length} lists`);
  const rows = list.components.map((row) =>
    [row.package ?? row.name, row.version ?? row.constraint ?? '-', row.depth, ...(row.scope === null ? [] : [row.scope])].join(' '),
  );
  return { ...list, rows };
}

/** A gateway that needs a client library, which needs another; one more is bundled, and one is optional. */
export const cycloneDx = {
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  serialNumber: 'urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79',
  version: 2,
  metadata: {
    timestamp: '2026-03-20T09:30:00+01:00',
    lifecycles: [{ phase: 'build' }, { phase: 'operations' }],
    component: {
      type: 'application',
      'bom-ref': 'root',
      name: 'gateway',
      version: '4.2',
      purl: 'pkg:pypi/Quillmark_Gateway@4.2',
      supplier: { name: 'Quillmark' },
      components: [{ type: 'library', 'bom-ref': 'part', name: 'part' }],
    },
    manufacturer: { name: 'Quillmark Labs' },
  },
  components: [
    {
      type: 'library',
      'bom-ref': 'client',
      group: '@quill',
      name: 'client',
      version: '1.82.7',
      purl: 'pkg:npm/%40quill/client@1.82.7',
      scope: 'optional',
      hashes: [{ alg: 'SHA-256', content: 'abc' }],
      components: [{ type: 'library', 'bom-ref': 'bundled', name: 'Lite.LLM', version: '1.0', purl: 'pkg:pypi/Lite.LLM@1.0' }],
    },
    { type: 'library', 'bom-ref': 'deep', name: 'deep', version: '>=1.13' },
  ],
  dependencies: [
    { ref: 'root', dependsOn: ['client'] },
    { ref: 'client', dependsOn: ['deep'] },
    { ref: 'deep', dependsOn: ['client', 'root'] },
  ],
  compositions: [{ aggregate: 'complete', assemblies: ['root'] }],
};

/** The same list in XML. */
export const cycloneDxXml = `<?xml version="1.0" encoding="UTF-8"?>
<bom xmlns="http://cyclonedx.org/schema/bom/1.6" serialNumber="urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79" version="2">
  <metadata>
    <timestamp>2026-03-20T09:30:00+01:00</timestamp>
    <lifecycles><lifecycle><phase>build</phase></lifecycle><lifecycle><phase>operations</phase></lifecycle></lifecycles>
    <component type="application" bom-ref="root">
      <supplier><name>Quillmark</name></supplier>
      <name>gateway</name>
      <version>4.2</version>
      <purl>pkg:pypi/Quillmark_Gateway@4.2</purl>
      <components><component type="library" bom-ref="part"><name>part</name></component></components>
    </component>
    <manufacturer><name>Quillmark Labs</name></manufacturer>
  </metadata>
  <components>
    <component type="library" bom-ref="client">
      <group>@quill</group>
      <name>client</name>
      <version>1.82.7</version>
      <scope>optional</scope>
      <hashes><hash alg="SHA-256">abc</hash></hashes>
      <licenses><license><name>&lt;MIT&gt;</name></license></licenses>
      <purl>pkg:npm/%40quill/client@1.82.7</purl>
      <components>
        <component type="library" bom-ref="bundled">
          <name>Lite.LLM</name><version>1.0</version><purl>pkg:pypi/Lite.LLM@1.0</purl>
        </component>
      </components>
    </component>
    <component type="library" bom-ref="deep"><name>deep</name><version>&gt;=1.13</version></component>
  </components>
  <dependencies>
    <dependency ref="root"><dependency ref="client"/></dependency>
    <dependency ref="client"><dependency ref="deep"/></dependency>
    <dependency ref="deep"><dependency ref="client"/><dependency ref="root"/></dependency>
  </dependencies>
  <compositions><composition><aggregate>complete</aggregate><assemblies><assembly ref="root"/></assemblies></composition></compositions>
</bom>`;

export const spdx = {
  spdxVersion: 'SPDX-2.3',
  SPDXID: 'SPDXRef-DOCUMENT',
  name: 'gateway',
  documentNamespace: 'https://quillmark.example/spdx/gateway-4.2',
  creationInfo: { created: '2026-03-20T08:30:00Z', creators: ['Tool: example', 'Organization: A tool maker'] },
  documentDescribes: ['SPDXRef-gateway'],
  packages: [
    {
      SPDXID: 'SPDXRef-gateway',
      name: 'gateway',
      versionInfo: '4.2',
      supplier: 'Organization: Quillmark (psirt@quillmark.example)',
      originator: 'Organization: Quillmark Labs',
      externalRefs: [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: 'pkg:pypi/quillmark-gateway@4.2' }],
    },
    {
      SPDXID: 'SPDXRef-client',
      name: '@quill/client',
      versionInfo: '1.82.7',
      checksums: [{ algorithm: 'SHA256', checksumValue: 'abc' }],
      externalRefs: [
        { referenceCategory: 'SECURITY', referenceType: 'cpe23Type', referenceLocator: 'cpe:2.3:a:quill:client:1.82.7:*:*:*:*:*:*:*' },
        { referenceCategory: 'PACKAGE_MANAGER', referenceType: 'purl', referenceLocator: 'pkg:npm/%40quill/client@1.82.7' },
      ],
    },
    { SPDXID: 'SPDXRef-deep', name: 'pip:deep', versionInfo: '^1.13' },
    { SPDXID: 'SPDXRef-test', name: 'test-kit', versionInfo: 'NOASSERTION' },
  ],
  files: [{ SPDXID: 'SPDXRef-file', fileName: './main.py' }],
  relationships: [
    { spdxElementId: 'SPDXRef-DOCUMENT', relationshipType: 'DESCRIBES', relatedSpdxElement: 'SPDXRef-gateway' },
    { spdxElementId: 'SPDXRef-gateway', relationshipType: 'DEPENDS_ON', relatedSpdxElement: 'SPDXRef-client' },
    { spdxElementId: 'SPDXRef-deep', relationshipType: 'DEPENDENCY_OF', relatedSpdxElement: 'SPDXRef-client' },
    { spdxElementId: 'SPDXRef-test', relationshipType: 'TEST_DEPENDENCY_OF', relatedSpdxElement: 'SPDXRef-gateway' },
    { spdxElementId: 'SPDXRef-gateway', relationshipType: 'DEPENDS_ON', relatedSpdxElement: 'NOASSERTION' },
  ],
};

const creation = '_:creation';
const iri = (name: string) => `https://quillmark.example/${name}`;

export const spdx3 = {
  '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld',
  '@graph': [
    { type: 'CreationInfo', '@id': creation, specVersion: '3.0.1', created: '2026-03-20T08:30:00Z', createdBy: [iri('org')] },
    { type: 'Organization', spdxId: iri('org'), creationInfo: creation, name: 'Quillmark' },
    { type: 'SpdxDocument', spdxId: iri('document'), creationInfo: creation, rootElement: [iri('sbom')] },
    {
      type: 'software_Sbom',
      spdxId: iri('sbom'),
      creationInfo: creation,
      rootElement: [iri('gateway')],
      software_sbomType: ['build', 'runtime'],
    },
    {
      type: 'software_Package',
      spdxId: iri('gateway'),
      creationInfo: creation,
      name: 'gateway',
      software_packageVersion: '4.2',
      software_packageUrl: 'pkg:pypi/quillmark-gateway@4.2',
      suppliedBy: iri('org'),
    },
    {
      type: 'software_Package',
      spdxId: iri('client'),
      creationInfo: creation,
      name: '@quill/client',
      software_packageVersion: '1.82.7',
      externalIdentifier: [
        { type: 'ExternalIdentifier', externalIdentifierType: 'packageUrl', identifier: 'pkg:npm/%40quill/client@1.82.7' },
      ],
      verifiedUsing: [{ type: 'Hash', algorithm: 'sha256', hashValue: 'abc' }],
    },
    { type: 'ai_AIPackage', spdxId: iri('model'), creationInfo: creation, name: 'ranker', software_packageVersion: '3' },
    { type: 'software_File', spdxId: iri('file'), creationInfo: creation, name: 'main.py' },
    {
      type: 'LifecycleScopedRelationship',
      spdxId: iri('r1'),
      creationInfo: creation,
      relationshipType: 'dependsOn',
      scope: 'development',
      completeness: 'complete',
      from: iri('gateway'),
      to: [iri('client')],
    },
    {
      type: 'Relationship',
      spdxId: iri('r2'),
      creationInfo: creation,
      relationshipType: 'dependsOn',
      completeness: 'incomplete',
      from: iri('client'),
      to: [iri('model')],
    },
  ],
};

export const malware = {
  schema_version: '1.7.4',
  id: 'MAL-2026-1',
  modified: '2026-03-26T09:53:17Z',
  published: '2026-03-24T11:15:14Z',
  aliases: ['PYSEC-2026-2'],
  summary: 'Malicious code in Lite.LLM (PyPI)',
  affected: [{ package: { ecosystem: 'PyPI', name: 'Lite.LLM' }, versions: ['1.82.7', '1.82.8'] }],
  references: [
    { type: 'REPORT', url: 'https://forge.example/issues/1' },
    { type: 'WEB', url: 'javascript:alert(1)' },
  ],
  database_specific: {
    'malicious-packages-origins': [
      { source: 'a', import_time: '2026-03-24T22:11:35.145201Z', modified_time: '2026-03-24T22:11:32Z' },
      { source: 'b', import_time: '2026-03-26T09:50:43.996758996Z', modified_time: '2026-03-24T11:15:14Z' },
    ],
  },
};
