import { isDeepStrictEqual } from 'node:util';
import type { RecordedFact } from '../../domain/assertions.ts';
import { fieldIndex } from '../../domain/fact-rules.ts';
import { pairKey, splitPairKey } from '../../domain/facts.ts';
import type { Projection } from '../../projection/projection.ts';
import type { FactReader, FactStore } from '../../store/fact-store.ts';
import { readMissing } from '../resolved-ids.ts';

/** Kinds of findings with the id of an organization as key. A possible duplicate is about the two names of its own, which no merge gives to others. */
const aboutOrganization = ['CLAIM_CONTRADICTED', 'BLIND_SPOT'];
const aboutEvidence = 'EXPIRED_EVIDENCE';

/**
 * Finding id with a merged organization -> id of the same finding with the resolved organization (semantics §1, §12). Leaves out a finding
 * about evidence unless that evidence counts now, and every other id.
 * Reads nothing if no id names a merged organization.
 */
export async function resolveFindings(
  store: FactStore,
  projection: Projection,
  ids: Iterable<string>,
): Promise<ReadonlyMap<string, string>> {
  const named = [...ids].flatMap((id) => nameOf(id) ?? []);
  const meanings = await readMissing(store, projection, new Set(named.map(({ organization }) => organization)));
  const moved = named.flatMap((one) => {
    const root = meanings.get(one.organization);
    return root === undefined ? [] : [{ ...one, root }];
  });
  const evidence = moved.flatMap(({ organization, root, control }) =>
    control === null ? [] : [{ unmerged: pairKey(organization, control), resolved: pairKey(root, control) }],
  );
  const counting = await readCounting(store, projection.revision, evidence);
  return new Map(
    moved.flatMap(({ id, kind, organization, root, control }): [string, string][] => {
      if (control === null) return [[id, `${kind}/${root}`]];
      return counting.has(pairKey(organization, control)) ? [[id, `${kind}/${pairKey(root, control)}`]] : [];
    }),
  );
}

interface FindingName {
  readonly id: string;
  readonly kind: string;
  readonly organization: string;
  readonly control: string | null;
}

function nameOf(id: string): FindingName | undefined {
  const end = id.indexOf('/');
  const [kind, key] = [id.slice(0, end), id.slice(end + 1)];
  if (aboutOrganization.includes(kind)) return { id, kind, organization: key, control: null };
  if (kind !== aboutEvidence || !/^[^/]+\/[^/]+$/.test(key)) return undefined;
  try {
    const [organization, control] = splitPairKey(key);
    return { id, kind, organization, control };
  } catch {
    return undefined;
  }
}

/** The keys, as stated, of evidence that is the one that counts under the merges of a revision. */
async function readCounting(
  store: FactStore,
  revision: number,
  evidence: readonly { readonly unmerged: string; readonly resolved: string }[],
): Promise<ReadonlySet<string>> {
  if (evidence.length === 0) return new Set();
  const read = async (from: FactReader, keys: readonly string[]) =>
    new Map((await from.readFactsByKey('CONTROL', [...new Set(keys)], { revision })).map((fact) => [fact.key, fact]));
  const unmerged = await read(
    store.unmerged,
    evidence.map((one) => one.unmerged),
  );
  const resolved = await read(
    store,
    evidence.map((one) => one.resolved),
  );
  return new Set(evidence.flatMap((one) => (isSame(unmerged.get(one.unmerged), resolved.get(one.resolved)) ? [one.unmerged] : [])));
}

/** Whether two facts are one assertion. A merge replaces the ids of organizations alone. */
function isSame(unmerged: RecordedFact | undefined, resolved: RecordedFact | undefined): boolean {
  const isId = new Set(['organization', 'issuer'].map((name) => fieldIndex('CONTROL', name)));
  const stated = ({ values, provenance }: RecordedFact) => [values.filter((_, field) => !isId.has(field)), provenance];
  return unmerged !== undefined && resolved !== undefined && isDeepStrictEqual(stated(unmerged), stated(resolved));
}
