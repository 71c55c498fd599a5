import { canonicalPurl } from '../versions/purl.ts';
import { DependencyDepths } from './dependency-depths.ts';
import type { JsonObject } from './json-fields.ts';
import { itemsOf, objectOf, textOf, textsOf } from './json-fields.ts';
import type { Rows } from './list-rows.ts';
import { eachPackage, hashText, ListRows, setDepths } from './list-rows.ts';
import type { FileReading, OwnerProposal, ReadSubject } from './software-reading.ts';
import { knownFields, ownersByName, warnOfVersion } from './software-reading.ts';

export function isSpdx(value: JsonObject): boolean {
  return typeof value.spdxVersion === 'string' && /^SPDX-/i.test(value.spdxVersion);
}

/** Relationships that state a dependency, and which scope they give what is depended on. */
const dependencies: Readonly<Record<string, string | null>> = {
  DEPENDENCY: null,
  PACKAGE: null,
  RUNTIME_DEPENDENCY: null,
  DEV_DEPENDENCY: 'dev',
  TEST_DEPENDENCY: 'test',
  BUILD_DEPENDENCY: 'build',
  OPTIONAL_DEPENDENCY: 'optional',
  PROVIDED_DEPENDENCY: 'provided',
};

/**
 * Reads an SPDX list, 2.2 and 2.3. Its packages are the rows, one for each package that their purls name; files and snippets are none. The subject
 * is what the document describes; it is a row where it has a purl (semantics §13.2). CONTAINS states no dependency.
 *
 * Throws ExposureError LIMIT_EXCEEDED: more than 200,000 packages. O(packages + relationships).
 */
export function readSpdx(document: JsonObject, reading: FileReading): void {
  const list = new ListRows(reading);
  const graph = new DependencyDepths();
  const packages = itemsOf(document.packages).map(objectOf);
  const described = describedBy(document);
  const isSingle = packages.filter((each) => described.has(textOf(each.SPDXID) ?? '')).length === 1;
  const rows: Rows[] = [];
  const subjects: ReadSubject[] = [];
  const owners: OwnerProposal[] = [];
  for (const [index, each] of packages.entries()) {
    const id = textOf(each.SPDXID);
    const node = graph.add(id);
    const purls = eachPackage(purlsIn(each));
    for (const _ of purls) list.count();
    const isSubject = id !== null && described.has(id);
    if (isSubject) {
      graph.root(node);
      const canonical = typeof purls[0] === 'string' ? canonicalPurl(purls[0].trim()) : null;
      subjects.push({
        subject: canonical?.package ?? textOf(each.name) ?? '',
        subjectVersion: textOf(each.versionInfo) ?? canonical?.version ?? null,
      });
      for (const [value, from] of [
        [each.supplier, 'SUPPLIER'],
        [each.originator, 'MANUFACTURER'],
      ] as const) {
        const name = partyName(value);
        if (name !== null && !owners.some((other) => other.name === name)) owners.push({ name, from });
      }
      if (isSingle && canonical === null) {
        rows.push([]);
        continue;
      }
    }
    rows.push(
      purls.map((purl) =>
        list.add(
          {
            ...{ package: null, name: textOf(each.name), version: textOf(each.versionInfo), constraint: null },
            ...{ scope: null, depth: 'UNKNOWN', hashes: hashesOf(each.checksums) },
          },
          purl,
          () => ['packages', index],
        ),
      ),
    );
  }
  addDependencies(document, graph, rows);
  const depths = graph.depths();
  setDepths(rows, depths);
  list.sayBroken(graph.broken, ['relationships']);
  list.finish();
  if (list.rows.length === 0) reading.warn(['packages'], 'The list names no component.');
  if (!/^SPDX-2\.[23]$/.test(textOf(document.spdxVersion) ?? ''))
    warnOfVersion(reading, ['spdxVersion'], textOf(document.spdxVersion) ?? 'SPDX', [
      [knownFields.spdx, [document]],
      [knownFields.spdxPackage, packages],
    ]);
  const only = subjects.length === 1 ? subjects[0] : undefined;
  reading.lists.push({
    list: {
      key: textOf(document.documentNamespace) ?? `sha256:${reading.digest()}`,
      subject: only?.subject ?? '',
      subjectVersion: only?.subjectVersion ?? null,
      describedAt: reading.instant(objectOf(document.creationInfo).created, ['creationInfo', 'created']),
      lifecycle: 'UNKNOWN',
      isComplete: null,
      format: 'SPDX',
      components: list.rows,
      place: reading.placeOf(),
    },
    owners: [...owners, ...ownersByName(reading.file)],
    subjects,
  });
}

function describedBy(document: JsonObject): Set<string> {
  const own = textOf(document.SPDXID) ?? 'SPDXRef-DOCUMENT';
  const described = new Set(textsOf(document.documentDescribes));
  for (const each of itemsOf(document.relationships)) {
    const { spdxElementId: from, relationshipType: type, relatedSpdxElement: to } = objectOf(each);
    if (type === 'DESCRIBES' && from === own && typeof to === 'string') described.add(to);
    if (type === 'DESCRIBED_BY' && to === own && typeof from === 'string') described.add(from);
  }
  return described;
}

function addDependencies(document: JsonObject, graph: DependencyDepths, rows: readonly Rows[]): void {
  const plain = new Set<number>();
  const depend = (from: string, to: string, scope: string | null) => {
    const node = graph.needing(from);
    if (node !== undefined) graph.depend(node, to);
    const index = graph.indexOf(to);
    if (index === undefined) return;
    // A component that is needed without a condition has no scope, whatever else needs it.
    if (scope === null) plain.add(index);
    for (const row of rows[index] ?? []) if (row !== undefined) row.scope = plain.has(index) ? null : (row.scope ?? scope);
  };
  const isStated = (id: unknown): id is string => typeof id === 'string' && id !== 'NONE' && id !== 'NOASSERTION';
  for (const each of itemsOf(document.relationships)) {
    const { spdxElementId: from, relationshipType: type, relatedSpdxElement: to } = objectOf(each);
    if (!isStated(from) || !isStated(to) || typeof type !== 'string') continue;
    // Elements of other documents are no components of this one.
    if (from.startsWith('DocumentRef-') || to.startsWith('DocumentRef-')) continue;
    const kind = type.endsWith('_OF') ? type.slice(0, -3) : undefined;
    if (type === 'DEPENDS_ON' || type === 'STATIC_LINK' || type === 'DYNAMIC_LINK') depend(from, to, null);
    else if (kind !== undefined && Object.hasOwn(dependencies, kind)) depend(to, from, dependencies[kind] ?? null);
  }
}

/** `purl`, or its address in the terms of SPDX. */
const purlsIn = (each: JsonObject) =>
  itemsOf(each.externalRefs)
    .map(objectOf)
    .filter(
      ({ referenceType }) => typeof referenceType === 'string' && /^(?:https?:\/\/spdx\.org\/rdf\/references\/)?purl$/i.test(referenceType),
    )
    .map(({ referenceLocator }) => referenceLocator);

function hashesOf(checksums: unknown): string[] {
  return itemsOf(checksums).flatMap((each) => {
    const { algorithm, checksumValue } = objectOf(each);
    return typeof algorithm === 'string' && typeof checksumValue === 'string' && checksumValue.length < 200
      ? [hashText(algorithm, checksumValue.trim())]
      : [];
  });
}

/** `Acme` from `Organization: Acme (psirt@example.com)`. */
function partyName(value: unknown): string | null {
  const match = /^(?:Organization|Person):\s*(.+?)(?:\s*\([^()]*\))?$/.exec(textOf(value) ?? '');
  return match?.[1] ?? null;
}
