import type { Assertion, FactValue } from '../../domain/assertions.ts';
import { areValuesEqual } from '../../domain/assertions.ts';
import { fieldIndex } from '../../domain/fact-rules.ts';
import { quote } from '../../domain/fact-sentences.ts';
import type { FactStore } from '../../store/fact-store.ts';

/** Facts that files other than canonical ones state, and sentences about them. */
interface PlacedSoftware {
  readonly assertions: readonly Assertion[];
  readonly said: readonly string[];
}

const listIdField = fieldIndex('SOFTWARE_LIST', 'id');
const modifiedField = fieldIndex('ADVISORY', 'modifiedAt');

/**
 * The assertions of software files beside what is recorded (semantics §13.1).
 *
 * A list whose id is recorded with other content is the next edition: its id becomes `ID~2`, then `ID~3`, and so on. One that is recorded as it is
 * keeps its id, so importing a file twice changes nothing. A record of an advisory that is recorded with a later time of modification stays as it
 * is. Facts of one import follow the same rules among themselves.
 */
export async function placeSoftware(store: Pick<FactStore, 'readFactsByKey'>, stated: readonly Assertion[]): Promise<PlacedSoftware> {
  const placed = new Map<string, Assertion>();
  const said: string[] = [];
  const recordedValues = async ({ kind, key }: Pick<Assertion, 'kind' | 'key'>) => (await store.readFactsByKey(kind, [key]))[0]?.values;
  for (const assertion of stated) {
    const { kind, key } = assertion;
    if (kind === 'SOFTWARE_LIST') {
      for (let edition = 1; ; edition++) {
        const id = edition === 1 ? key : `${key}~${edition}`;
        const values = assertion.values.map((value, field) => (field === listIdField ? id : value));
        const before = placed.get(`${kind} ${id}`)?.values ?? (await recordedValues({ kind, key: id }));
        if (before !== undefined && !areValuesEqual(before as FactValue[], values as FactValue[])) continue;
        if (!placed.has(`${kind} ${id}`)) placed.set(`${kind} ${id}`, { ...assertion, key: id, values });
        if (edition > 1)
          said.push(
            `${assertion.file ?? 'A list'} states another content under the id ${quote(key)} than is recorded. It is kept as the next edition, ${quote(id)}.`,
          );
        break;
      }
    } else if (kind === 'ADVISORY') {
      const before = placed.get(`${kind} ${key}`)?.values ?? (await recordedValues(assertion));
      if (modifiedAt(assertion.values) < modifiedAt(before)) {
        said.push(`${assertion.file ?? 'A file'} has an earlier state of the record ${quote(key)} than is recorded. The later one stays.`);
      } else placed.set(`${kind} ${key}`, assertion);
    } else placed.set(`${kind} ${key}`, assertion);
  }
  return { assertions: [...placed.values()], said };
}

function modifiedAt(values: Assertion['values'] | undefined): number {
  return (values?.[modifiedField] as number | null | undefined) ?? -Infinity;
}
