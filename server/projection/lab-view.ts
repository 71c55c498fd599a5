import type { FactValue, RecordedFact } from '../domain/assertions.ts';
import type { FieldSpec } from '../domain/fact-fields.ts';
import { factFields } from '../domain/fact-fields.ts';
import { fieldIndex } from '../domain/fact-rules.ts';
import type { Attribute, CustodyKind, Provenance } from '../domain/facts.ts';
import { labBit } from '../domain/facts.ts';
import { getOrInsert } from '../domain/get-or-insert.ts';
import { isTelling, NamingTest, termsOfLab } from '../rules/naming-text.ts';
import { shareOfPieces } from '../rules/portion.ts';
import type { Csr } from './columns/csr.ts';
import type { Projection } from './projection.ts';
import { rowOf } from './projection.ts';
import type { Steps } from './turns.ts';

/** Each takes some microseconds, because its id is compared with the names of hidden labs. */
const transfersAStep = 500;

/**
 * The facts that are visible to a lab (semantics §10), as flags by index: 1 for a fact in the view. The view of several labs is that of one
 * party: their transfers and reveals among each other are in it. A Reveals fact is in the view if
 * both its artifacts are, and a Control if its organization is.
 */
export interface LabView {
  readonly organizations: Uint8Array;
  readonly artifacts: Uint8Array;
  readonly transfers: Uint8Array;
  readonly engagements: Uint8Array;
  readonly access: Uint8Array;
  /** 1 for each organization that is a lab which the view does not name. */
  readonly hidden: Uint8Array;
  /** Whether a text names a hidden lab, or an artifact of one (semantics §12). */
  readonly isNaming: (text: string) => boolean;
}

/**
 * Chooses the facts that are visible to a lab, or to a party of several labs (semantics §10).
 *
 * 1. Other labs that are a party to one of its own transfers may be named. All others are hidden.
 * 2. A fact whose id names a hidden lab is left out, with everything that refers to it. The name of a hidden lab's artifact leaves out no artifact of
 *    the lab itself: where an own artifact has that name, or has it in its id, it names nothing.
 * 3. In the view: the lab; its artifacts and their transfers; the engagements on paths from it down; the organizations that these
 *    name; the access facts that lead to one of these in one or more steps, and their grantees.
 *
 * Each artifact of the labs or of a hidden lab is a step, or several if it has many transfers.
 *
 * @param labs indexes of organizations; without any, the view is empty
 * @param merges merged id -> resolved id. The merged id of a hidden lab also names that lab
 * Complexity: O(organizations + artifacts + transfers of the labs' artifacts + engagements and access in the view).
 */
export function* selectLabView(projection: Projection, labs: readonly number[], merges: ReadonlyMap<string, string>): Steps<LabView> {
  const { organizations, artifacts, transfers, engagements, access } = projection;
  const hidden = findHidden(projection, labs);
  const test = yield* buildTest(projection, labs, hidden, merges);
  const isNaming = (text: string) => test.isNaming(text);
  const view = {
    organizations: new Uint8Array(organizations.count),
    artifacts: new Uint8Array(artifacts.count),
    transfers: new Uint8Array(transfers.end),
    engagements: new Uint8Array(engagements.count),
    access: new Uint8Array(access.count),
    hidden,
    isNaming,
  };
  const isVisibleOrganization = (organization: number) =>
    hidden[organization] === 0 && (labs.includes(organization) || !isNaming(organizations.id.get(organization)));
  const name = (organization: number) => {
    view.organizations[organization] = 1;
  };

  labs.forEach(name);
  for (const artifact of artifactsOf(projection, labs)) {
    yield;
    if (isNaming(artifacts.id.get(artifact))) continue;
    view.artifacts[artifact] = 1;
    for (const [i, t] of rowOf(artifacts.transfers, artifact).entries()) {
      if (i % transfersAStep === transfersAStep - 1) yield;
      const ends = [transfers.sender.at(t), transfers.recipient.at(t)];
      if (isNaming(transfers.id.get(t)) || !ends.every(isVisibleOrganization)) continue;
      view.transfers[t] = 1;
      ends.forEach(name);
    }
  }
  const below = [...labs];
  follow(below, organizations.engagementsAsClient, (e) => {
    const provider = engagements.provider[e] as number;
    if (isNaming(engagements.id.get(e)) || !isVisibleOrganization(provider)) return undefined;
    view.engagements[e] = 1;
    return provider;
  });
  below.forEach(name);
  const led = [...view.organizations.keys()].filter((organization) => view.organizations[organization] === 1);
  follow(led, organizations.accessGranted, (a) => {
    const grantee = access.grantee[a] as number;
    if (isNaming(access.id.get(a)) || !isVisibleOrganization(grantee)) return undefined;
    view.access[a] = 1;
    return grantee;
  });
  led.forEach(name);
  return view;
}

/** Appends the organizations that links lead to, each once. `linkTo` returns the other end of a link in the view, else undefined. */
function follow(queue: number[], links: Csr, linkTo: (link: number) => number | undefined): void {
  const seen = new Set(queue);
  for (const organization of queue) {
    for (const link of rowOf(links, organization)) {
      const other = linkTo(link);
      if (other === undefined || seen.has(other)) continue;
      seen.add(other);
      queue.push(other);
    }
  }
}

function artifactsOf({ organizations }: Projection, labs: readonly number[]): number[] {
  return labs.flatMap((lab) => Array.from(rowOf(organizations.artifacts, lab)));
}

/** 1 for each other lab that is not a party to a transfer of the labs' artifacts. */
function findHidden(projection: Projection, labs: readonly number[]): Uint8Array {
  const { organizations, artifacts, transfers } = projection;
  const hidden = organizations.roles.map((roles, organization) => ((roles & labBit) !== 0 && !labs.includes(organization) ? 1 : 0));
  for (const artifact of artifactsOf(projection, labs)) {
    for (const t of rowOf(artifacts.transfers, artifact)) {
      hidden[transfers.sender.at(t)] = 0;
      hidden[transfers.recipient.at(t)] = 0;
    }
  }
  return hidden;
}

/** The test of texts for the names of hidden labs and their artifacts, without the names that an artifact of the view has. */
function* buildTest(
  projection: Projection,
  labs: readonly number[],
  hidden: Uint8Array,
  merges: ReadonlyMap<string, string>,
): Steps<NamingTest> {
  const { organizations, artifacts } = projection;
  const { id, name, aliases, website, contactEmail } = organizations;
  const test = new NamingTest();
  const mergedIds = new Map<string, string[]>();
  for (const [merged, root] of merges) getOrInsert(mergedIds, root, () => []).push(merged);
  for (let lab = 0; lab < hidden.length; lab++) {
    if (hidden[lab] === 0) continue;
    const names = [id.get(lab), name.get(lab), ...aliases.get(lab), ...(mergedIds.get(id.get(lab)) ?? [])];
    for (const term of termsOfLab({ names, website: website.get(lab), contactEmail: contactEmail.get(lab) })) test.addTerm(term);
    for (const artifact of rowOf(organizations.artifacts, lab)) {
      yield;
      test.addArtifactName(artifacts.name.get(artifact));
    }
  }
  yield* test.link();
  for (const artifact of artifactsOf(projection, labs)) {
    yield;
    const own = { id: artifacts.id.get(artifact), name: artifacts.name.get(artifact) };
    if (!test.isNamingLab(own.id)) test.spare(own);
  }
  return test;
}

const [nameOfLab, aliases, website, contactEmail] = ['name', 'aliases', 'website', 'contactEmail'].map((name) =>
  fieldIndex('ORGANIZATION', name),
) as [number, number, number, number];
const nameOfArtifact = fieldIndex('ARTIFACT', 'name');

/** The terms that a hidden lab, or an artifact of one, adds to those that name it. They are those of the test of a view. */
export function termsOfFact({ kind, key, values }: RecordedFact): string[] {
  if (kind === 'ARTIFACT') return [values[nameOfArtifact] as string].filter(isTelling);
  if (kind !== 'ORGANIZATION') return [];
  const [name, others] = [values[nameOfLab] as string, values[aliases] as readonly string[]];
  const [site, email] = [values[website] as string | null, values[contactEmail] as string | null];
  return [...termsOfLab({ names: [key, name, ...others], website: site, contactEmail: email })];
}

/** The author of every fact in a lab's view (semantics §10). */
export const withheldAuthor = 'withheld';

const fragmentsField = fieldIndex('TRANSFER', 'fragments');
const portionField = fieldIndex('TRANSFER', 'portion');
const artifactField = fieldIndex('TRANSFER', 'artifact');

/**
 * The facts of a batch that are visible to a lab, without the texts that name a hidden lab (semantics §10). A name gives way to the id.
 * An optional text, alias or attribute, and a reference to a record outside the view, become unknown. If a piece of an artifact
 * names a hidden lab, the pieces become unknown and their share stays. The provenance keeps its source and instant.
 *
 * @param projection the facts from which the view was chosen
 * @param facts of any kind, in any order; the facts keep their order
 */
export function toLabFacts(projection: Projection, view: LabView, facts: Iterable<RecordedFact>): RecordedFact[] {
  const visible: RecordedFact[] = [];
  for (const fact of facts) if (isVisible(projection, view, fact)) visible.push(withoutNames(projection, view, fact));
  return visible;
}

/** Whether a fact as it is now is in the view. The id of an organization, artifact, transfer, engagement or access tells, the rest of the fact does not. */
export function isVisible(projection: Projection, view: LabView, { kind, key, values }: RecordedFact): boolean {
  switch (kind) {
    case 'ORGANIZATION':
    case 'ARTIFACT':
    case 'TRANSFER':
    case 'ENGAGEMENT':
    case 'ACCESS':
      return isInView(projection, view, kind, key);
    case 'REVEALS':
      return values.slice(0, 2).every((artifact) => isInView(projection, view, 'ARTIFACT', artifact as string));
    case 'CONTROL':
      return isInView(projection, view, 'ORGANIZATION', values[0] as string) && !view.isNaming(values[1] as string);
    case 'SOFTWARE_LIST':
    case 'ADVISORY':
    case 'AVAILABILITY':
    case 'SOFTWARE_STATEMENT':
      return false;
    default:
      return kind satisfies never;
  }
}

/** The columns and flags of each kind that has an id. */
const columnsOf = {
  ORGANIZATION: 'organizations',
  ARTIFACT: 'artifacts',
  TRANSFER: 'transfers',
  ENGAGEMENT: 'engagements',
  ACCESS: 'access',
} as const;

export function isInView(projection: Projection, view: LabView, kind: Exclude<CustodyKind, 'REVEALS' | 'CONTROL'>, id: string): boolean {
  const columns = columnsOf[kind];
  const index = projection[columns].id.find(id);
  return index >= 0 && view[columns][index] === 1;
}

/** A fact of the view without the texts that name a hidden lab, as `toLabFacts` tells it. */
export function withoutNames(projection: Projection, view: LabView, fact: RecordedFact): RecordedFact {
  const values = factFields[fact.kind].map((spec, i) => withoutName(projection, view, spec, fact.values[i] as FactValue, fact.key));
  const fragments = fact.kind === 'TRANSFER' ? (fact.values[fragmentsField] as readonly string[] | null) : null;
  if (fragments?.some(view.isNaming)) {
    const artifact = projection.artifacts.id.find(fact.values[artifactField] as string);
    const count = projection.artifacts.fragmentCount[artifact] as number;
    values[fragmentsField] = null;
    if (count > 0) values[portionField] = shareOfPieces(new Set(fragments).size, count);
  }
  return { ...fact, values, provenance: withhold(view, fact.provenance) };
}

function withoutName(projection: Projection, view: LabView, spec: FieldSpec, value: FactValue, key: string): FactValue {
  if (value === null || spec.isKey) return value;
  if (spec.isInternal === true) return null;
  switch (spec.type) {
    case 'text':
      return view.isNaming(value as string) ? (spec.isRequired ? key : null) : value;
    case 'texts':
      return (value as readonly string[]).filter((text) => !view.isNaming(text));
    case 'attributes':
      return (value as readonly Attribute[]).filter((attribute) => !view.isNaming(attribute.name) && !view.isNaming(attribute.value));
    case 'reference':
      return spec.isRequired || isInView(projection, view, spec.to as 'ORGANIZATION', value as string) ? value : null;
    default:
      return value;
  }
}

function withhold(view: LabView, { assertedAt, source }: Provenance): Provenance {
  const isSourceVisible = source !== null && !view.isNaming(source);
  return { importId: null, file: null, line: null, assertedBy: withheldAuthor, assertedAt, source: isSourceVisible ? source : null };
}
