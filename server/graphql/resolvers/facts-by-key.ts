import type { CustodyKind, FactKind } from '../../domain/facts.ts';
import { isCustodyKind, splitPairKey } from '../../domain/facts.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import type { Projection } from '../../projection/projection.ts';
import { rowOf } from '../../projection/projection.ts';
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
    const projection = await factsWith(context, kind, key);
    const index = findIndex(projection, kind, key);
    if (index >= 0) found.push(factAt(projection, kind, index));
  }
  return found;
}

function factsWith(context: Context, kind: CustodyKind, key: string): Promise<Projection> {
  if (kind === 'ORGANIZATION' || kind === 'ARTIFACT') return context.facts();
  if (kind === 'REVEALS') return context.factsAbout({ artifact: splitPairKey(key)[0] });
  if (kind === 'CONTROL') return factsOfOrganization(context, splitPairKey(key)[0]);
  return context.questions.local === undefined ? context.facts() : factsTogether(context, kind, key);
}

/** A server that holds a part of the facts reads those of few organizations for one request. Throws LIMIT_EXCEEDED. */
async function factsOfOrganization(context: Context, id: string): Promise<Projection> {
  const projection = await context.facts();
  const index = projection.organizations.id.find(id);
  return index < 0 ? projection : context.onWhole(organizationAt(projection, index), (record) => record.projection);
}

type KindReadById = Parameters<Context['factsWith']>[0];

/** The facts that a request waits for, by kind. */
const waiting = new WeakMap<Context, Map<KindReadById, { readonly keys: Set<string>; readonly facts: Promise<Projection> }>>();

/** Reads the facts that the rows of one list name in one read. */
function factsTogether(context: Context, kind: KindReadById, key: string): Promise<Projection> {
  const kinds = getOrInsert(waiting, context, () => new Map());
  const read = getOrInsert(kinds, kind, () => {
    const keys = new Set<string>();
    const facts = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      kinds.delete(kind);
      return context.factsWith(kind, [...keys]);
    });
    return { keys, facts };
  });
  read.keys.add(key);
  return read.facts;
}

/** Reads only what the kind needs: a server that holds a part of the facts withholds the rest. */
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
