import type { Assertion, FactValue, RecordedFact } from '../../server/domain/assertions.ts';
import { factFields } from '../../server/domain/fact-fields.ts';
import type { FactKind } from '../../server/domain/facts.ts';
import { pairKey } from '../../server/domain/facts.ts';
import { PackedAssertions } from '../../server/domain/packed/packed-assertions.ts';
import type { FactReader, FactStore, KnownAt } from '../../server/store/fact-store.ts';
import type { FactWrite, NewImport } from '../../server/store/fact-write.ts';

export type Stated = Readonly<Record<string, FactValue | undefined>>;

/** An assertion that says these fields and no others. */
export function say(kind: FactKind, stated: Stated, more: Partial<Assertion> = {}): Assertion {
  const specs = factFields[kind];
  const keys = specs.filter((spec) => spec.isKey).map((spec) => stated[spec.name] as string);
  return {
    kind,
    key: keys.length === 1 ? (keys[0] as string) : pairKey(keys[0] as string, keys[1] as string),
    isRetraction: false,
    values: specs.map((spec) => stated[spec.name]),
    assertedAt: 0,
    source: null,
    file: null,
    line: null,
    ...more,
  };
}

export function retract(kind: FactKind, key: string): Assertion {
  return { kind, key, isRetraction: true, values: [], assertedAt: 0, source: null, file: null, line: null };
}

/** The assertion that states a recorded fact. It says nothing of internal fields, as an edit does: a merge lasts. */
export function toAssertion({ kind, key, values, provenance: { assertedAt } }: RecordedFact): Assertion {
  return {
    ...{ kind, key, assertedAt, isRetraction: false },
    values: values.map((value, field) => (factFields[kind][field]?.isInternal === true ? undefined : value)),
    ...{ source: null, file: null, line: null },
  };
}

export const lab = (id: string, stated: Stated = {}): Assertion => say('ORGANIZATION', { id, name: id, roles: ['LAB'], ...stated });
export const vendor = (id: string, stated: Stated = {}): Assertion => say('ORGANIZATION', { id, name: id, ...stated });
export const artifact = (id: string, owner: string, stated: Stated = {}): Assertion =>
  say('ARTIFACT', { id, name: id, type: 'PROMPT_SET', owner, sensitivity: 3, ...stated });
export const transfer = (id: string, of: string, sender: string, recipient: string, stated: Stated = {}): Assertion =>
  say('TRANSFER', { id, artifact: of, sender, recipient, ...stated });

/** A lab, a vendor, an artifact of the lab and its transfer to the vendor. */
export const smallWorld: readonly Assertion[] = [
  lab('vega'),
  vendor('quill'),
  artifact('rubric', 'vega'),
  transfer('t1', 'rubric', 'vega', 'quill'),
];

export function edit(assertions: Iterable<Assertion>, more: Partial<FactWrite> = {}): FactWrite {
  return { by: 'ada', at: 1000, assertions: packed(assertions), ...more };
}

export function importOf(
  id: string,
  stated: Iterable<Assertion>,
  more: Omit<Partial<FactWrite>, 'import'> & { import?: Partial<NewImport> } = {},
): FactWrite {
  const assertions = packed(stated);
  const from: NewImport = {
    id,
    source: null,
    assertedAt: null,
    createdAt: 1000,
    files: [{ name: 'facts.csv', sizeBytes: 12, sha256: 'ab', rowCount: assertions.length }],
    rejectedCount: 0,
    incidents: new Map(),
    ...more.import,
  };
  return { by: 'ada', at: 1000, assertions, ...more, import: from };
}

function packed(assertions: Iterable<Assertion>): PackedAssertions {
  return assertions instanceof PackedAssertions ? assertions : PackedAssertions.of(assertions);
}

export async function readAll(store: FactReader, at?: KnownAt): Promise<RecordedFact[]> {
  const facts: RecordedFact[] = [];
  for await (const batch of store.readFacts(at)) facts.push(...batch.facts);
  return facts;
}

/** `KIND key`, in the order of the stream. */
export async function readKeys(store: FactReader, at?: KnownAt): Promise<string[]> {
  return (await readAll(store, at)).map((fact) => `${fact.kind} ${fact.key}`);
}

export async function readField(store: FactStore, kind: FactKind, key: string, name: string): Promise<FactValue | undefined> {
  const [fact] = await store.readFactsByKey(kind, [key]);
  return fact?.values[factFields[kind].findIndex((spec) => spec.name === name)];
}
