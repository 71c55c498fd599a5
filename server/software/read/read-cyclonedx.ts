import type { SoftwareList, SoftwareStatement } from '../software-facts.ts';
import { canonicalPurl } from '../versions/purl.ts';
import { DependencyDepths } from './dependency-depths.ts';
import type { JsonObject } from './json-fields.ts';
import { instantOf, isObject, itemsOf, objectOf, shownText, textOf } from './json-fields.ts';
import type { Path } from './list-rows.ts';
import { countOf, hashText, ListRows, proposeFromComponent, proposeFromService } from './list-rows.ts';
import type { FileReading, OwnerProposal } from './software-reading.ts';
import { knownFields, ownersByName, warnOfVersion } from './software-reading.ts';

export function isCycloneDx(value: JsonObject): boolean {
  return value.bomFormat === 'CycloneDX' || (typeof value.specVersion === 'string' && Array.isArray(value.components));
}

/**
 * Reads a CycloneDX list, 1.2 to 1.7, and the statements of its vulnerabilities (VEX). Components inside components and inside the subject
 * are rows too. A list without `components` is none: services and vulnerabilities alone say nothing about what software is made of.
 *
 * Throws ExposureError LIMIT_EXCEEDED: more than 200,000 components. O(components + dependencies).
 */
export function readCycloneDx(bom: JsonObject, reading: FileReading): void {
  const metadata = objectOf(bom.metadata);
  const describedAt = reading.instant(metadata.timestamp, ['metadata', 'timestamp']);
  const owners = ownersOf(metadata, reading);
  const hasStatements = readStatements(bom, describedAt, owners, reading);
  if (!/^1\.[2-7]$/.test(textOf(bom.specVersion) ?? ''))
    warnOfVersion(reading, ['specVersion'], `CycloneDX ${textOf(bom.specVersion) ?? 'without specVersion'}`, [
      [knownFields.cycloneDx, [bom]],
      [knownFields.cycloneDxComponent, itemsOf(bom.components)],
    ]);
  eachComponent(bom.services, ['services'], 'services', (service, path) => proposeFromService(service, reading, path));
  if (bom.components === undefined && objectOf(metadata.component).components === undefined) {
    if (!hasStatements && reading.artifacts.length === 0)
      reading.warn([], 'The file states no components and no analysis of a vulnerability. Nothing of it is kept.');
    return;
  }
  reading.lists.push(readList(bom, metadata, describedAt, owners, reading));
}

function readList(
  bom: JsonObject,
  metadata: JsonObject,
  describedAt: number | null,
  owners: readonly OwnerProposal[],
  reading: FileReading,
): FileReading['lists'][number] {
  const list = new ListRows(reading);
  const graph = new DependencyDepths();
  const root = objectOf(metadata.component);
  const rootPurl = typeof root.purl === 'string' ? canonicalPurl(root.purl.trim()) : null;
  graph.root(graph.add(refOf(root)));
  // The subject is a row where it has a purl (semantics §13.2).
  const subjectRow = rootPurl === null ? undefined : addComponent(list, root, () => ['metadata', 'component']);
  const rowOf: (ReturnType<ListRows['add']> | undefined)[] = [undefined];
  const walk = (items: unknown, base: Path) => {
    eachComponent(items, base, 'components', (component, path) => {
      list.count();
      graph.add(refOf(component));
      proposeFromComponent(component, reading, path);
      rowOf.push(addComponent(list, component, path));
    });
  };
  walk(root.components, ['metadata', 'component', 'components']);
  walk(bom.components, ['components']);
  // Services may be named by dependencies, and are not components.
  eachComponent(bom.services, ['services'], 'services', (service) => void graph.add(refOf(service)));
  for (const dependency of itemsOf(bom.dependencies)) {
    const { ref, dependsOn } = objectOf(dependency);
    const stated = textOf(ref);
    const from = stated === null ? undefined : graph.needing(stated);
    if (from === undefined) continue;
    for (const item of itemsOf(dependsOn)) {
      const to = textOf(item);
      if (to !== null) graph.depend(from, to);
    }
  }
  const depths = graph.depths();
  rowOf.forEach((row, index) => {
    if (row !== undefined) row.depth = depths[index] ?? 'UNKNOWN';
  });
  list.sayBroken(graph.broken, ['dependencies']);
  list.finish();
  if (list.rows.length === (subjectRow === undefined ? 0 : 1)) reading.warn(['components'], 'The list names no component.');
  const name = nameOf(root);
  return {
    list: {
      key: keyOf(bom, reading),
      subject: rootPurl?.package ?? name ?? '',
      subjectVersion: textOf(root.version) ?? rootPurl?.version ?? null,
      describedAt,
      lifecycle: lifecycleOf(metadata),
      isComplete: isCompleteBy(bom),
      format: 'CYCLONEDX',
      components: list.rows,
      place: reading.placeOf(),
    },
    owners,
    subjects: [],
  };
}

/** The reference by which dependencies name a component. Some tools name it by its purl. */
const refOf = (component: JsonObject) => textOf(component['bom-ref']) ?? textOf(component.purl);

/** Hands over every component below `items`, in the order of the file, without recursion. The path is made only where it is shown. */
function eachComponent(items: unknown, base: Path, key: string, onComponent: (component: JsonObject, path: () => Path) => void): void {
  const stack: { readonly items: readonly unknown[]; index: number }[] = [{ items: Array.isArray(items) ? items : [], index: -1 }];
  const path = () => [...base, ...stack.flatMap(({ index }, at) => (at === 0 ? [index] : [key, index]))];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const component = top.items[++top.index];
    if (top.index >= top.items.length) {
      stack.pop();
    } else if (isObject(component)) {
      onComponent(component, path);
      const inner = component[key];
      if (Array.isArray(inner) && inner.length > 0) stack.push({ items: inner, index: -1 });
    }
  }
}

function addComponent(list: ListRows, component: JsonObject, path: () => Path): ReturnType<ListRows['add']> {
  return list.add(
    {
      package: null,
      name: nameOf(component),
      version: textOf(component.version),
      constraint: textOf(component.versionRange),
      scope: scopeOf(component),
      depth: 'UNKNOWN',
      hashes: hashesOf(component.hashes),
    },
    component.purl,
    path,
  );
}

/** npm writes `@scope` and Maven its group apart from the name. */
function nameOf(component: JsonObject): string | null {
  const group = textOf(component.group);
  const name = textOf(component.name);
  return group === null || name === null ? name : `${group}/${name}`;
}

const noHashes: readonly string[] = [];
function hashesOf(hashes: unknown): readonly string[] {
  if (!Array.isArray(hashes) || hashes.length === 0) return noHashes;
  if (hashes.length > 1) return hashes.flatMap((hash) => hashOf(hash) ?? []);
  const only = hashOf(hashes[0]);
  return only === undefined ? noHashes : [only];
}

function hashOf(hash: unknown): string | undefined {
  const { alg, content } = objectOf(hash);
  return typeof alg === 'string' && typeof content === 'string' && content.length < 200 ? hashText(alg, content.trim()) : undefined;
}

/** `dev` where the package manager says so. */
function scopeOf(component: JsonObject): string | null {
  const { properties } = component;
  if (Array.isArray(properties))
    for (const property of properties) {
      const { name, value } = objectOf(property);
      if (name === 'cdx:npm:package:development' && value === 'true') return 'dev';
    }
  return textOf(component.scope);
}

function keyOf(bom: JsonObject, reading: FileReading): string {
  const serial = textOf(bom.serialNumber);
  const version = textOf(bom.version) ?? '1';
  return serial === null ? `sha256:${reading.digest()}` : `${serial}/${version}`;
}

const lifecycles: Readonly<Record<string, SoftwareList['lifecycle']>> = {
  design: 'DESIGN',
  'pre-build': 'SOURCE',
  build: 'BUILD',
  'post-build': 'BUILD',
  operations: 'DEPLOYED',
  discovery: 'RUNTIME',
};
const inOrder = ['UNKNOWN', 'DESIGN', 'SOURCE', 'BUILD', 'DEPLOYED', 'RUNTIME'] as const;

/** The latest of the stages that a list states. */
function lifecycleOf(metadata: JsonObject): SoftwareList['lifecycle'] {
  const stages = itemsOf(metadata.lifecycles).map((each) => lifecycles[textOf(objectOf(each).phase) ?? ''] ?? 'UNKNOWN');
  return stages.reduce((latest, stage) => (inOrder.indexOf(stage) > inOrder.indexOf(latest) ? stage : latest), 'UNKNOWN');
}

/**
 * The completeness by the compositions. False: some part is incomplete, for then what the list omits may be in that part. True: the subject, or the
 * list as a whole, is complete. Compositions of vulnerabilities alone say nothing about components.
 */
function isCompleteBy(bom: JsonObject): boolean | null {
  const root = textOf(objectOf(objectOf(bom.metadata).component)['bom-ref']);
  let isComplete: boolean | null = null;
  for (const each of itemsOf(bom.compositions)) {
    const composition = objectOf(each);
    const aggregate = textOf(composition.aggregate) ?? '';
    const parts = [...itemsOf(composition.assemblies), ...itemsOf(composition.dependencies)];
    if (parts.length === 0 && composition.vulnerabilities !== undefined) continue;
    if (aggregate.startsWith('incomplete')) return false;
    if (aggregate === 'complete' && (parts.length === 0 || (root !== null && parts.includes(root)))) isComplete = true;
  }
  return isComplete;
}

function ownersOf(metadata: JsonObject, reading: FileReading): OwnerProposal[] {
  const root = objectOf(metadata.component);
  const proposals: OwnerProposal[] = [];
  const propose = (value: unknown, from: OwnerProposal['from']) => {
    const name = textOf(isObject(value) ? value.name : value);
    if (name !== null && !proposals.some((each) => each.name === name)) proposals.push({ name, from });
  };
  for (const each of [metadata.supplier, root.supplier]) propose(each, 'SUPPLIER');
  for (const each of [metadata.manufacturer, metadata.manufacture, root.manufacturer]) propose(each, 'MANUFACTURER');
  propose(root.publisher, 'SUPPLIER');
  for (const { name, from } of ownersByName(reading.file)) propose(name, from);
  return proposals;
}

const states: Readonly<Record<string, SoftwareStatement['state']>> = {
  resolved: 'FIXED',
  resolved_with_pedigree: 'FIXED',
  exploitable: 'AFFECTED',
  in_triage: 'UNDER_INVESTIGATION',
  false_positive: 'NOT_AFFECTED',
  not_affected: 'NOT_AFFECTED',
};

/** The analyses of vulnerabilities (CycloneDX VEX). True: there are some. */
function readStatements(bom: JsonObject, documentAt: number | null, owners: readonly OwnerProposal[], reading: FileReading): boolean {
  const statements: Omit<SoftwareStatement, 'organization'>[] = [];
  let withoutAnalysis = 0;
  for (const [index, each] of itemsOf(bom.vulnerabilities).entries()) {
    const vulnerability = objectOf(each);
    const analysis = objectOf(vulnerability.analysis);
    const stated = textOf(analysis.state);
    const path = ['vulnerabilities', index];
    if (stated === null) {
      withoutAnalysis++;
      continue;
    }
    const [advisory, state] = [textOf(vulnerability.id), states[stated]];
    if (advisory === null || state === undefined) {
      const why = advisory === null ? 'The vulnerability has no id' : `${stated.slice(0, 100)} is not a state of an analysis`;
      reading.warn(path, `${why}. The statement is left out.`, 'statement');
      continue;
    }
    const ownAt = analysis.lastUpdated ?? analysis.firstIssued;
    statements.push({
      advisory,
      state,
      justification: joinReasons(analysis.justification, analysis.detail),
      at: instantOf(ownAt) === undefined ? documentAt : reading.instant(ownAt, [...path, 'analysis']),
      source: reading.file,
    });
  }
  if (withoutAnalysis > 0)
    reading.warn(
      ['vulnerabilities'],
      `${countOf(withoutAnalysis, 'vulnerability', 'vulnerabilities')} without an analysis ${withoutAnalysis === 1 ? 'is' : 'are'} not read: import the records of advisories themselves.`,
    );
  if (statements.length === 0) return withoutAnalysis > 0;
  reading.documents.push({ document: { place: reading.placeOf(['vulnerabilities']), statements }, owners });
  return true;
}

/** `code_not_reachable: The class is never loaded.` */
export function joinReasons(label: unknown, text: unknown): string | null {
  const parts = [textOf(label), shownText(text)].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(': ');
}
