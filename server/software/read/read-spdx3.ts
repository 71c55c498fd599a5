import type { SoftwareList } from '../software-facts.ts';
import { canonicalPurl } from '../versions/purl.ts';
import { DependencyDepths } from './dependency-depths.ts';
import type { JsonObject } from './json-fields.ts';
import { isObject, itemsOf, objectOf, textOf, textsOf } from './json-fields.ts';
import type { Rows } from './list-rows.ts';
import { eachPackage, hashText, ListRows, proposeArtifact, setDepths } from './list-rows.ts';
import type { FileReading, OwnerProposal, ReadSubject } from './software-reading.ts';
import { ownersByName } from './software-reading.ts';

export function isSpdx3(value: JsonObject): boolean {
  return textsOf(value['@context']).some((context) => /spdx\.(?:org|github\.io|dev).*3/i.test(context)) || isGraph(value['@graph']);
}

const isGraph = (graph: unknown) => itemsOf(graph).some((each) => /^(?:CreationInfo|SpdxDocument)$/.test(kindOf(objectOf(each))));

/** `Package` from `software_Package`, `software:Package` or the IRI. */
function kindOf(element: JsonObject): string {
  const type = textOf(element.type) ?? textOf(element['@type']) ?? '';
  return type.slice(Math.max(...['_', ':', '/', '#'].map((mark) => type.lastIndexOf(mark))) + 1);
}

/** A field of a profile, such as `packageVersion` of `software`. */
const fieldOf = (element: JsonObject, profile: string, name: string) =>
  element[`${profile}_${name}`] ?? element[`${profile}:${name}`] ?? element[name];

const idOf = (element: JsonObject) => textOf(element.spdxId) ?? textOf(element['@id']);
/** The id of an element that is named, or stands in place. */
const refOf = (value: unknown) => (isObject(value) ? idOf(value) : textOf(value));
const refsOf = (value: unknown) => itemsOf(value).flatMap((each) => refOf(each) ?? []);

const packageKinds = new Set(['Package', 'AIPackage', 'DatasetPackage']);

/** Relationships that state a dependency, and the scope of those that have one. */
const dependencies: Readonly<Record<string, string | null>> = {
  dependsOn: null,
  hasStaticLink: null,
  hasDynamicLink: null,
  hasOptionalDependency: 'optional',
  hasProvidedDependency: 'provided',
};
const scopes: Readonly<Record<string, string>> = { development: 'dev', test: 'test', build: 'build' };

/** Every element of a document, also those that stand inside others. */
export function elementsOf(document: JsonObject): JsonObject[] {
  const elements: JsonObject[] = [];
  const stack: unknown[] = [document['@graph'] ?? document];
  while (stack.length > 0) {
    const value = stack.pop();
    if (Array.isArray(value)) {
      for (let index = value.length - 1; index >= 0; index--) stack.push(value[index]);
    } else if (isObject(value)) {
      if (value.type !== undefined || value['@type'] !== undefined) elements.push(value);
      for (const key in value) if (typeof value[key] === 'object') stack.push(value[key]);
    }
  }
  return elements;
}

/**
 * Reads an SPDX 3.0 list in JSON-LD: its packages, AI and dataset packages are the rows. The subject is the root of the document, or of the
 * bill of materials that is its root.
 *
 * Throws ExposureError LIMIT_EXCEEDED: more than 200,000 packages. O(elements + relationships).
 */
export function readSpdx3(document: JsonObject, reading: FileReading): void {
  const elements = elementsOf(document);
  const byId = new Map(elements.flatMap((each) => (idOf(each) === null ? [] : [[idOf(each) as string, each] as const])));
  const documents = elements.filter((each) => kindOf(each) === 'SpdxDocument');
  const boms = elements.filter((each) => /^(?:Sbom|Bom)$/.test(kindOf(each)));
  const head = documents[0] ?? boms[0];
  const creation = objectOf(creationOf(head, byId) ?? elements.find((each) => kindOf(each) === 'CreationInfo'));
  const roots = rootsOf([...documents, ...boms], elements, byId);
  const isSingle = roots.length === 1;

  const list = new ListRows(reading);
  const graph = new DependencyDepths();
  const rows: Rows[] = [];
  const subjects: ReadSubject[] = [];
  const owners: OwnerProposal[] = [];
  for (const each of elements) {
    if (!packageKinds.has(kindOf(each))) continue;
    const node = graph.add(idOf(each));
    if (kindOf(each) === 'DatasetPackage')
      proposeArtifact(
        reading,
        {
          name: textOf(each.name),
          version: textOf(fieldOf(each, 'software', 'packageVersion')),
          owners: partiesOf(itemsOf(each.originatedBy), byId),
          custodians: partiesOf([each.suppliedBy], byId),
          stewards: [],
          level: textOf(fieldOf(each, 'dataset', 'confidentialityLevel')),
        },
        pathOf(document, each),
      );
    const purls = eachPackage(purlsIn(each));
    for (const _ of purls) list.count();
    const version = textOf(fieldOf(each, 'software', 'packageVersion'));
    if (roots.includes(each)) {
      graph.root(node);
      const canonical = typeof purls[0] === 'string' ? canonicalPurl(purls[0].trim()) : null;
      subjects.push({ subject: canonical?.package ?? textOf(each.name) ?? '', subjectVersion: version ?? canonical?.version ?? null });
      propose(owners, [each.suppliedBy], 'SUPPLIER', byId);
      propose(owners, itemsOf(each.originatedBy), 'MANUFACTURER', byId);
      if (isSingle && canonical === null) {
        rows.push([]);
        continue;
      }
    }
    const stated = {
      package: null,
      name: textOf(each.name),
      version,
      constraint: null,
      scope: null,
      depth: 'UNKNOWN',
      hashes: hashesOf(each),
    } as const;
    rows.push(purls.map((purl) => list.add({ ...stated }, purl, () => pathOf(document, each))));
  }
  const isComplete = addDependencies(elements, graph, rows, byId);
  const depths = graph.depths();
  setDepths(rows, depths);
  list.sayBroken(graph.broken, ['@graph']);
  list.finish();
  if (list.rows.length === 0) reading.warn(['@graph'], 'The list names no component.');
  const version = textOf(creation.specVersion);
  if (version !== null && !/^3\.0(?:\.|$)/.test(version))
    reading.warn([], `SPDX ${version} is not a version that is known. It is read as 3.0, and fields that 3.0 lacks are not read.`);
  const only = isSingle ? subjects[0] : undefined;
  reading.lists.push({
    list: {
      key: (head === undefined ? null : idOf(head)) ?? `sha256:${reading.digest()}`,
      subject: only?.subject ?? '',
      subjectVersion: only?.subjectVersion ?? null,
      describedAt: reading.instant(creation.created, pathOf(document, creation)),
      lifecycle: lifecycleOf(boms),
      isComplete,
      format: 'SPDX',
      components: list.rows,
      place: reading.placeOf(),
    },
    owners: [...owners, ...ownersByName(reading.file)],
    subjects,
  });
}

const creationOf = (element: JsonObject | undefined, byId: ReadonlyMap<string, JsonObject>) =>
  isObject(element?.creationInfo) ? element.creationInfo : byId.get(textOf(element?.creationInfo) ?? '');

/** Where a warning leads: the place in the graph. Elements inside others are named by the graph alone. */
function pathOf(document: JsonObject, element: JsonObject): (string | number)[] {
  const index = itemsOf(document['@graph']).indexOf(element);
  return index < 0 ? ['@graph'] : ['@graph', index];
}

/** The packages that a document is about: its root elements, those of its bills of materials, and what it describes. */
function rootsOf(heads: readonly JsonObject[], elements: readonly JsonObject[], byId: ReadonlyMap<string, JsonObject>): JsonObject[] {
  const roots = new Set<JsonObject>();
  const ids = new Set(heads.map(idOf));
  const add = (id: string) => {
    const element = byId.get(id);
    if (element !== undefined && packageKinds.has(kindOf(element))) roots.add(element);
  };
  for (const head of heads) for (const id of refsOf(head.rootElement)) add(id);
  if (roots.size > 0) return [...roots];
  for (const each of elements) {
    if (each.relationshipType === 'describes' && ids.has(refOf(each.from))) for (const id of refsOf(each.to)) add(id);
  }
  return [...roots];
}

/** The completeness that the relationships state: false if one is incomplete, true if each that states it is complete. */
function addDependencies(
  elements: readonly JsonObject[],
  graph: DependencyDepths,
  rows: readonly Rows[],
  byId: ReadonlyMap<string, JsonObject>,
): boolean | null {
  const plain = new Set<number>();
  let [complete, incomplete, unstated] = [0, 0, 0];
  for (const each of elements) {
    const type = textOf(each.relationshipType);
    if (type === null) continue;
    const isDependency = Object.hasOwn(dependencies, type);
    if (!isDependency && type !== 'contains') continue;
    if (each.completeness === 'complete') complete++;
    else if (each.completeness === 'incomplete') incomplete++;
    else unstated++;
    const from = refOf(each.from);
    if (!isDependency || from === null) continue;
    const scope = scopes[textOf(each.scope) ?? ''] ?? dependencies[type] ?? null;
    for (const to of refsOf(each.to)) {
      // Files may depend on files, and are no components.
      if ([from, to].some((id) => byId.has(id) && !graph.has(id)) || /NoneElement|NoAssertionElement/.test(to)) continue;
      const node = graph.needing(from);
      if (node !== undefined) graph.depend(node, to);
      const index = graph.indexOf(to);
      if (index === undefined) continue;
      if (scope === null) plain.add(index);
      for (const row of rows[index] ?? []) if (row !== undefined) row.scope = plain.has(index) ? null : (row.scope ?? scope);
    }
  }
  return incomplete > 0 ? false : complete > 0 && unstated === 0 ? true : null;
}

function purlsIn(element: JsonObject): unknown[] {
  const own = fieldOf(element, 'software', 'packageUrl');
  const identifiers = itemsOf(element.externalIdentifier)
    .map(objectOf)
    .filter(({ externalIdentifierType: type }) => typeof type === 'string' && /^(?:packageUrl|purl)$/i.test(type));
  return [...itemsOf(own), ...identifiers.map(({ identifier }) => identifier)];
}

function hashesOf(element: JsonObject): string[] {
  return itemsOf(element.verifiedUsing).flatMap((each) => {
    const { algorithm, hashValue } = objectOf(each);
    const isHash = kindOf(objectOf(each)) === 'Hash' && typeof algorithm === 'string' && typeof hashValue === 'string';
    return isHash && hashValue.length < 200 ? [hashText(algorithm, hashValue.trim())] : [];
  });
}

function propose(
  owners: OwnerProposal[],
  values: readonly unknown[],
  from: OwnerProposal['from'],
  byId: ReadonlyMap<string, JsonObject>,
): void {
  for (const name of partiesOf(values, byId)) if (!owners.some((each) => each.name === name)) owners.push({ name, from });
}

/** The names of agents that are named or stand in place, each once. */
function partiesOf(values: readonly unknown[], byId: ReadonlyMap<string, JsonObject>): string[] {
  const names = values.map((value) => textOf((isObject(value) ? value : byId.get(textOf(value) ?? ''))?.name));
  return [...new Set(names.filter((name) => name !== null))];
}

const lifecycles: Readonly<Record<string, SoftwareList['lifecycle']>> = {
  design: 'DESIGN',
  source: 'SOURCE',
  build: 'BUILD',
  analyzed: 'BUILD',
  deployed: 'DEPLOYED',
  runtime: 'RUNTIME',
};
const inOrder = ['UNKNOWN', 'DESIGN', 'SOURCE', 'BUILD', 'DEPLOYED', 'RUNTIME'] as const;

function lifecycleOf(boms: readonly JsonObject[]): SoftwareList['lifecycle'] {
  const stages = boms.flatMap((each) => textsOf(fieldOf(each, 'software', 'sbomType'))).map((stage) => lifecycles[stage] ?? 'UNKNOWN');
  return stages.reduce((latest, stage) => (inOrder.indexOf(stage) > inOrder.indexOf(latest) ? stage : latest), 'UNKNOWN');
}
