import type { FactValue, RecordedFact } from '../domain/assertions.ts';
import type { FieldSpec } from '../domain/fact-fields.ts';
import { factFields } from '../domain/fact-fields.ts';
import { fieldIndex } from '../domain/fact-rules.ts';
import type { Attribute, CustodyKind, Provenance } from '../domain/facts.ts';
import { shareOfPieces } from '../rules/portion.ts';
import type { LabView } from './lab-view.ts';
import type { Projection } from './projection.ts';

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

function isVisible(projection: Projection, view: LabView, { kind, key, values }: RecordedFact): boolean {
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
