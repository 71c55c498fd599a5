import { factFields } from '../../domain/fact-fields.ts';
import type { CustodyKind, FactKind } from '../../domain/facts.ts';
import { isCustodyKind, splitPairKey } from '../../domain/facts.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import type { Projection } from '../../projection/projection.ts';
import { rowOf } from '../../projection/projection.ts';
import type { FieldChange } from '../../store/fact-write.ts';
import type { Context } from '../context.ts';
import { accessAt, artifactAt, controlAt, engagementAt, organizationAt, revealsAt, transferAt } from '../models.ts';

/** A fact of any kind as a member of the union `Fact`. */
export function factAt(projection: Projection, kind: CustodyKind, index: number) {
  switch (kind) {
    case 'ORGANIZATION':
      return organizationAt(projection, index);
    case 'ARTIFACT':
      return artifactAt(projection, index);
    case 'ENGAGEMENT':
      return engagementAt(projection, index);
    case 'TRANSFER':
      return transferAt(projection, index);
    case 'ACCESS':
      return accessAt(projection, index);
    case 'REVEALS':
      return revealsAt(projection, index);
    case 'CONTROL':
      return controlAt(projection, index);
  }
}

/** Facts by kind and key, in the given order. Leaves out facts that no longer exist, and facts of software, which no projection has. */
export async function factsByKey(context: Context, facts: readonly { readonly kind: FactKind; readonly key: string }[]) {
  const found = [];
  for (const { kind, key } of facts) {
    if (!isCustodyKind(kind)) continue;
    const projection = await (kind === 'TRANSFER' ? factsWithTransfer(context, key) : context.facts());
    const index = findIndex(projection, kind, key);
    if (index >= 0) found.push(factAt(projection, kind, index));
  }
  return found;
}

/** The transfers that a request waits for. */
const waiting = new WeakMap<Context, { readonly ids: Set<string>; readonly facts: Promise<Projection> }>();

/** Reads the transfers that the rows of one list name in one read. */
function factsWithTransfer(context: Context, id: string): Promise<Projection> {
  const read = getOrInsert(waiting, context, () => {
    const ids = new Set<string>();
    const facts = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      waiting.delete(context);
      return context.factsWithTransfers([...ids]);
    });
    return { ids, facts };
  });
  read.ids.add(id);
  return read.facts;
}

function findIndex(projection: Projection, kind: CustodyKind, key: string): number {
  const { organizations, artifacts } = projection;
  switch (kind) {
    case 'ORGANIZATION':
      return organizations.id.find(key);
    case 'ARTIFACT':
      return artifacts.id.find(key);
    case 'ENGAGEMENT':
      return projection.engagements.id.find(key);
    case 'TRANSFER':
      return projection.transfers.id.find(key);
    case 'ACCESS':
      return projection.access.id.find(key);
    case 'REVEALS': {
      const [artifact, revealed] = splitPairKey(key);
      const from = artifacts.id.find(artifact);
      if (from < 0) return -1;
      return (
        [...rowOf(artifacts.reveals, from)].find((row) => artifacts.id.get(projection.reveals.reveals[row] as number) === revealed) ?? -1
      );
    }
    case 'CONTROL': {
      const [organization, control] = splitPairKey(key);
      const of = organizations.id.find(organization);
      if (of < 0) return -1;
      return [...rowOf(organizations.controls, of)].find((row) => projection.controls.control.get(row) === control) ?? -1;
    }
    default:
      return kind satisfies never;
  }
}

type KindWithId = 'organizations' | 'artifacts' | 'transfers' | 'access' | 'engagements';

/** The fact with this id, or null. */
export function oneById<M>(
  projection: Projection,
  kind: KindWithId,
  id: string,
  toModel: (projection: Projection, index: number) => M,
): M | null {
  const index = projection[kind].id.find(id);
  return index < 0 ? null : toModel(projection, index);
}

/** Changed fields, each with the names of the organization or artifact that its values refer to, as far as the asker sees them. */
export async function nameReferences(context: Context, kind: FactKind, fields: readonly FieldChange[]) {
  const { organizations, artifacts } = await context.facts();
  return fields.map((change) => {
    const spec = factFields[kind].find(({ name }) => name === change.field);
    const named =
      spec?.type !== 'reference' ? null : spec.to === 'ORGANIZATION' ? organizations : spec.to === 'ARTIFACT' ? artifacts : null;
    const nameOf = (id: string | null) => {
      const index = named === null || id === null ? -1 : named.id.find(id);
      return index < 0 ? null : (named?.name.get(index) ?? null);
    };
    return { ...change, beforeName: nameOf(change.before), afterName: nameOf(change.after) };
  });
}
