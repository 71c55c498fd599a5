import type { RecordedFact } from '../../server/domain/assertions.ts';
import { factFields } from '../../server/domain/fact-fields.ts';
import type { FactKind } from '../../server/domain/facts.ts';
import type { Tier } from '../../server/rules/copy-tier.ts';

/*
 * The baseline for the engine, as a careful programmer would write it in an afternoon: objects in arrays and Maps, and loops over
 * them. One origin, no scope, spread over access facts only.
 */

type Plain = Record<string, unknown> & { assertedAt: number };

export interface PlainWorld {
  readonly artifacts: Map<string, Plain>;
  readonly transfers: Plain[];
  readonly access: Plain[];
  readonly reveals: Plain[];
}

/** Makes objects and Maps from facts: the plain counterpart of building a projection, without custody. */
export function buildPlainWorld(facts: Iterable<RecordedFact>): PlainWorld {
  const world: PlainWorld = { artifacts: new Map(), transfers: [], access: [], reveals: [] };
  const lists: Partial<Record<FactKind, Plain[]>> = { TRANSFER: world.transfers, ACCESS: world.access, REVEALS: world.reveals };
  for (const fact of facts) {
    const plain: Plain = { assertedAt: fact.provenance.assertedAt };
    factFields[fact.kind].forEach((spec, i) => {
      plain[spec.name] = fact.values[i];
    });
    if (fact.kind === 'ARTIFACT') world.artifacts.set(fact.key, plain);
    else lists[fact.kind]?.push(plain);
  }
  return world;
}

interface Question {
  readonly origin: string;
  readonly core: { readonly from: number; readonly to: number };
  readonly widest: { readonly from: number; readonly to: number };
  readonly maxHops: number;
  readonly minDegree: number;
}

/** The tier of each artifact in the radius of one origin. */
export function findPlainRadius(world: PlainWorld, question: Question): Map<string, Tier> {
  const reached = spread(world, question);
  const received = new Map<string, Plain[]>();
  const sent: Plain[] = [];
  for (const transfer of world.transfers) {
    if (reached.has(transfer.recipient as string)) push(received, `${transfer.artifact}\n${transfer.recipient}`, transfer);
    if (reached.has(transfer.sender as string)) sent.push(transfer);
  }
  const tiers = new Map<string, Tier>();
  const hold = (artifact: string, tier: Tier | undefined) => {
    if (tier !== undefined) tiers.set(artifact, stronger(tiers.get(artifact), tier));
  };
  for (const copies of received.values())
    for (const copy of copies) hold(copy.artifact as string, tierOf(copy, copy.recipient === question.origin, question));
  for (const transfer of sent) {
    const owner = (world.artifacts.get(transfer.artifact as string) as Plain).owner;
    const inbound = received.get(`${transfer.artifact}\n${transfer.sender}`) ?? [];
    const sentAt = transfer.sentAt as number | null;
    if (
      transfer.sender === owner ||
      inbound.some((copy) => sentAt === null || (possibleFrom(copy) <= sentAt && sentAt < possibleUntil(copy)))
    )
      continue;
    const implied = { ...transfer, form: 'PLAINTEXT', deletionState: 'NONE', deletedAt: null };
    hold(transfer.artifact as string, tierOf(implied, transfer.sender === question.origin, question));
  }
  for (const [id, artifact] of world.artifacts)
    if (reached.has(artifact.owner as string)) hold(id, artifact.owner === question.origin ? 'EXPOSED' : 'POSSIBLE');
  return reveal(world, tiers, question.minDegree);
}

function spread(world: PlainWorld, { origin, widest, maxHops }: Question): Set<string> {
  const reached = new Set([origin]);
  let last = new Set([origin]);
  for (let hop = 0; hop < maxHops; hop++) {
    const next = new Set<string>();
    for (const access of world.access) {
      if (!last.has(access.grantee as string) || reached.has(access.grantor as string)) continue;
      if (
        ((access.validFrom as number | null) ?? -Infinity) > widest.to ||
        ((access.validUntil as number | null) ?? Infinity) <= widest.from
      )
        continue;
      next.add(access.grantor as string);
    }
    for (const organization of next) reached.add(organization);
    last = next;
  }
  return reached;
}

function tierOf(copy: Plain, isOrigin: boolean, { core, widest }: Question): Tier | undefined {
  const isReadable = copy.form === 'PLAINTEXT' || copy.form === 'ENCRYPTED_KEY_AT_HOLDER';
  const from = (copy.sentAt as number | null) ?? copy.assertedAt;
  const until =
    copy.deletionState === 'ATTESTED' || copy.deletionState === 'VERIFIED' ? ((copy.deletedAt as number | null) ?? Infinity) : Infinity;
  const isDefinite = from < until && from <= core.to && until > core.from;
  if (isReadable && isDefinite && isOrigin && (copy.confidence as number) >= 0.5) return 'EXPOSED';
  const isPossible = possibleFrom(copy) < possibleUntil(copy) && possibleFrom(copy) <= widest.to && possibleUntil(copy) > widest.from;
  return isPossible ? (isReadable ? 'POSSIBLE' : 'CONTAINED') : undefined;
}

function possibleFrom(copy: Plain): number {
  return (copy.sentAt as number | null) ?? -Infinity;
}

function possibleUntil(copy: Plain): number {
  return copy.deletionState === 'VERIFIED' ? ((copy.deletedAt as number | null) ?? Infinity) : Infinity;
}

function reveal(world: PlainWorld, held: Map<string, Tier>, minDegree: number): Map<string, Tier> {
  const bySource = new Map<string, Plain[]>();
  for (const reveals of world.reveals) push(bySource, reveals.artifact as string, reveals);
  const tiers = new Map(held);
  for (const [source, tier] of held) {
    if (tier === 'CONTAINED') continue;
    const best = new Map([[source, 1]]);
    for (const [artifact] of best) {
      for (const { reveals, degree } of bySource.get(artifact) ?? []) {
        const product = (best.get(artifact) as number) * (degree as number);
        if (product < minDegree - 1e-9 || product <= (best.get(reveals as string) ?? 0)) continue;
        best.delete(reveals as string);
        best.set(reveals as string, product);
      }
    }
    for (const artifact of best.keys()) if (artifact !== source) tiers.set(artifact, stronger(tiers.get(artifact), tier));
  }
  return tiers;
}

function stronger(a: Tier | undefined, b: Tier): Tier {
  const order: Tier[] = ['EXPOSED', 'POSSIBLE', 'CONTAINED'];
  return a !== undefined && order.indexOf(a) < order.indexOf(b) ? a : b;
}

function push(lists: Map<string, Plain[]>, key: string, value: Plain): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
