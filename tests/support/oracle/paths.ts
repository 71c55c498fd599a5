import type { LinkKind } from '../../../server/projection/links.ts';
import type { Transfer, World } from '../worlds/world.ts';
import { factsOf } from '../worlds/world.ts';
import { oracleCopies } from './custody.ts';
import { byCodePoint } from './order.ts';

interface Step {
  readonly kind: LinkKind;
  readonly from: string;
  readonly to: string;
}

/** Every link of a world, from key to key, in the direction of its LinkKind. */
function oracleLinks(world: World): Step[] {
  const organization = (id: string) => `organization:${id}`;
  const artifact = (id: string) => `artifact:${id}`;
  return [
    ...factsOf(world, 'ARTIFACT').map(({ id, owner }) => ({ kind: 'OWNS' as const, from: organization(owner), to: artifact(id) })),
    ...oracleCopies(world)
      .filter(({ kind }) => kind !== 'OWNED')
      .map((copy) => ({ kind: 'HOLDS' as const, from: artifact(copy.artifact), to: organization(copy.holder) })),
    ...factsOf(world, 'TRANSFER').map(({ sender, recipient }) => ({
      kind: 'TRANSFER' as const,
      from: organization(sender),
      to: organization(recipient),
    })),
    ...factsOf(world, 'ACCESS').map(({ grantee, grantor }) => ({
      kind: 'ACCESS' as const,
      from: organization(grantee),
      to: organization(grantor),
    })),
    ...factsOf(world, 'ENGAGEMENT').map(({ client, provider }) => ({
      kind: 'ENGAGEMENT' as const,
      from: organization(client),
      to: organization(provider),
    })),
    ...factsOf(world, 'REVEALS').map((fact) => ({ kind: 'REVEALS' as const, from: artifact(fact.artifact), to: artifact(fact.reveals) })),
  ];
}

/** The keys of all paths that pass no node twice, the shortest first, then by keys. */
export function oraclePaths(
  world: World,
  question: { from: string; to: string; kinds: readonly LinkKind[]; isDirected: boolean; maxLength: number },
): string[][] {
  const links = oracleLinks(world).filter(({ kind }) => question.kinds.includes(kind));
  const steps = question.isDirected ? links : [...links, ...links.map(({ kind, from, to }) => ({ kind, from: to, to: from }))];
  const next = new Map<string, Set<string>>();
  for (const { from, to } of steps) next.set(from, (next.get(from) ?? new Set()).add(to));
  const paths: string[][] = [];
  const extend = (path: string[]) => {
    const last = path[path.length - 1] as string;
    if (last === question.to) paths.push(path);
    else if (path.length <= question.maxLength) {
      for (const node of next.get(last) ?? []) if (!path.includes(node)) extend([...path, node]);
    }
  };
  extend([question.from]);
  return sortPaths(paths);
}

/** The organizations of all custody chains of an artifact from one organization to another that pass each organization once. */
export function oracleCustodyPaths(world: World, artifact: string, from: string, to: string, maxLength: number): string[][] {
  const transfers = factsOf(world, 'TRANSFER').filter((transfer) => transfer.artifact === artifact);
  const found = new Map<string, string[]>();
  const extend = (organizations: string[], last: Transfer | undefined) => {
    const here = organizations[organizations.length - 1] as string;
    if (here === to) found.set(JSON.stringify(organizations), organizations);
    else if (organizations.length <= maxLength) {
      for (const next of transfers) {
        if (next.sender !== here || organizations.includes(next.recipient)) continue;
        if (last === undefined || fitsAfter(last, next)) extend([...organizations, next.recipient], next);
      }
    }
  };
  extend([from], undefined);
  return sortPaths([...found.values()]);
}

/** §2: sent inside the possible interval of the copy before it; an unknown instant always fits. */
function fitsAfter(last: Transfer, next: Transfer): boolean {
  if (next.sentAt === null) return true;
  const isDeleted = last.deletionState === 'VERIFIED' && last.deletedAt !== null;
  return (last.sentAt === null || last.sentAt <= next.sentAt) && (!isDeleted || next.sentAt < (last.deletedAt as number));
}

function sortPaths(paths: string[][]): string[][] {
  return paths.sort((a, b) => {
    if (a.length !== b.length) return a.length - b.length;
    const at = a.findIndex((key, i) => key !== b[i]);
    return at < 0 ? 0 : byCodePoint(a[at] as string, b[at] as string);
  });
}
