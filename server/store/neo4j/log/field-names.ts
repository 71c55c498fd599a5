import type { FactKind } from '../../../domain/facts.ts';
import { factKinds } from '../../../domain/facts.ts';
import type { FieldNames } from '../../stored-fields.ts';
import { addFieldNames, StoredFields } from '../../stored-fields.ts';
import type { Transaction } from '../connection/connection.ts';

/** The store's numbers of the fields that facts in the graph state. */
export async function readStoredFields(transaction: Transaction): Promise<StoredFields> {
  // A store without its marker has no facts to number; the ledger reports the damage.
  return new StoredFields(addFieldNames(await readFieldNames(transaction)));
}

/** The names of all fields that the store knows; empty if it keeps no names yet. */
export async function readFieldNames(transaction: Transaction): Promise<FieldNames> {
  const [row] = await transaction.run('MATCH (store:ExposureStore {id: 1}) RETURN store.fields');
  const names = Object.fromEntries(factKinds.map((kind): [FactKind, string[]] => [kind, []])) as Record<FactKind, string[]>;
  for (const name of (row?.[0] as string[] | null | undefined) ?? []) {
    const end = name.indexOf('.');
    names[name.slice(0, end) as FactKind].push(name.slice(end + 1));
  }
  return names;
}

/** Names as the marker keeps them: `KIND.field`, those of each kind in the order of their bits. */
export function toMarkerNames(names: FieldNames): string[] {
  return factKinds.flatMap((kind) => names[kind].map((name) => `${kind}.${name}`));
}
