import { factFields } from '../domain/fact-fields.ts';
import type { FactKind } from '../domain/facts.ts';
import { factKinds } from '../domain/facts.ts';

/** The names of a kind's fields in the order in which a store learned of them. */
export type FieldNames = Readonly<Record<FactKind, readonly string[]>>;

/** The fields of stores of schema version 1, which kept no names, in the order of their bits. Later kinds: their first fields. Never change this list. */
export const firstFieldNames: FieldNames = {
  ORGANIZATION: ['id', 'name', 'roles', 'aliases', 'status', 'website', 'country', 'contactEmail', 'attributes'],
  ARTIFACT: [
    'id',
    'name',
    'type',
    'owner',
    'sensitivity',
    'valueLowUsd',
    'valueHighUsd',
    'modelFamily',
    'version',
    'fragmentCount',
    'usefulPortion',
  ],
  ENGAGEMENT: ['id', 'client', 'provider', 'service', 'startsAt', 'endsAt', 'noticeHours', 'auditRight'],
  TRANSFER: [
    'id',
    'artifact',
    'sender',
    'recipient',
    'sentAt',
    'portion',
    'fragments',
    'form',
    'deletionState',
    'deletedAt',
    'channel',
    'engagement',
    'confidence',
  ],
  ACCESS: ['id', 'grantee', 'grantor', 'kind', 'likelihood', 'validFrom', 'validUntil'],
  REVEALS: ['artifact', 'reveals', 'degree', 'basis'],
  CONTROL: ['organization', 'control', 'evidenceType', 'issuedAt', 'expiresAt', 'issuer'],
  SOFTWARE_LIST: ['id', 'organization', 'subject', 'subjectVersion', 'describedAt', 'lifecycle', 'isComplete', 'format', 'components'],
  ADVISORY: ['id', 'kind', 'aliases', 'summary', 'withdrawnAt', 'knownBy', 'references', 'affected', 'modifiedAt'],
  AVAILABILITY: ['id', 'advisory', 'claimant', 'claims'],
  SOFTWARE_STATEMENT: ['id', 'organization', 'advisory', 'claimant', 'state', 'justification', 'at'],
};

/** The names that a store knows, followed by those of the field table that are new to it. */
export function addFieldNames(known: Partial<FieldNames>): FieldNames {
  const named = factKinds.map((kind): [FactKind, readonly string[]] => {
    const names = known[kind] ?? [];
    const added = factFields[kind].map((spec) => spec.name).filter((name) => !names.includes(name));
    return [kind, [...names, ...added]];
  });
  return Object.fromEntries(named) as unknown as FieldNames;
}

/**
 * Translates which fields an assertion states between a store and this program.
 *
 * In memory, bit i stands for field i of the field table. In a store, bit i stands for the i-th field that the store learned
 * of, whatever the table says today. A field that the store does not know is not stated. A stored field that the table no
 * longer has is ignored.
 */
export class StoredFields {
  /** For each kind, the stored bit of each field; undefined if both orders are the same. */
  readonly #storedBits = new Map<FactKind, readonly number[]>();
  readonly #fromStored = new Map<FactKind, Map<number, number>>();
  readonly #toStored = new Map<FactKind, Map<number, number>>();

  constructor(names: FieldNames) {
    for (const kind of factKinds) {
      const bits = factFields[kind].map((spec) => names[kind].indexOf(spec.name));
      if (bits.some((bit, field) => bit !== field) || names[kind].length !== bits.length) this.#storedBits.set(kind, bits);
      this.#fromStored.set(kind, new Map());
      this.#toStored.set(kind, new Map());
    }
  }

  /** @param statedBits bit i: field i of the table */
  toStored(kind: FactKind, statedBits: number): number {
    return this.#translate(kind, statedBits, this.#toStored, (bits) =>
      bits.reduce((sum, bit, field) => (bit >= 0 && hasBit(statedBits, field) ? sum + 2 ** bit : sum), 0),
    );
  }

  /** @param stored bit i: the i-th field that the store learned of */
  fromStored(kind: FactKind, stored: number): number {
    return this.#translate(kind, stored, this.#fromStored, (bits) =>
      bits.reduce((sum, bit, field) => (bit >= 0 && hasBit(stored, bit) ? sum + 2 ** field : sum), 0),
    );
  }

  /** A cache of translations, because few different sets of fields are ever stated. */
  #translate(
    kind: FactKind,
    set: number,
    translated: ReadonlyMap<FactKind, Map<number, number>>,
    translate: (bits: readonly number[]) => number,
  ): number {
    const bits = this.#storedBits.get(kind);
    if (bits === undefined) return set;
    const known = translated.get(kind) as Map<number, number>;
    const before = known.get(set);
    if (before !== undefined) return before;
    const result = translate(bits);
    known.set(set, result);
    return result;
  }
}

/** A store may learn of more fields than a 32-bit operation takes. */
function hasBit(set: number, bit: number): boolean {
  return Math.floor(set / 2 ** bit) % 2 === 1;
}
