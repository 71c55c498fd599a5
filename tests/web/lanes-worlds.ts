import type { LanesRadius } from '../../web/canvas/lanes/lanes-props.ts';
import { arrangeLanes, type LanesLayout, type LanesLayoutOptions } from '../../web/canvas/lanes/layout/lanes-layout.ts';
import type { Tier } from '../../web/shared/generated/operations.ts';

const tiers: readonly Tier[] = ['EXPOSED', 'POSSIBLE', 'CONTAINED'];

/** Numbers from 0 to 1, the same for each seed. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
}

/** A generated radius of about `size` elements, fixed for each size and seed. Its names are long enough to be shortened. */
export function lanesWorld(size: number, seed = 7): LanesRadius {
  const random = randomFrom(seed);
  const pick = (count: number) => Math.floor(random() * count);
  const labCount = Math.min(40, Math.max(3, Math.round(size / 60)));
  const holderCount = Math.max(4, Math.round(size / 12));
  const organizations = Array.from({ length: holderCount }, (_, i) => ({
    id: `o${i}`,
    name: `Holder organization ${i}`,
    roles: ['SUBCONTRACTOR'] as const,
    hops: i === 0 ? 0 : 1 + (i % 3),
    likelihood: 0.5,
    heldCount: null,
    worstCaseLossUsd: null,
  }));
  const artifacts = Array.from({ length: Math.max(1, size - labCount - holderCount) }, (_, i) => ({
    id: `a${i}`,
    name: `An artifact whose name is long enough to be cut ${i}`,
    type: 'PROMPT_SET' as const,
    sensitivity: 1 + (i % 5),
    ownerId: `l${pick(labCount)}`,
    tier: tiers[pick(3)] as Tier,
    isRevealed: false,
    worstCaseLossUsd: Math.round(random() * 9e6),
  }));
  const labs = Array.from({ length: labCount }, (_, i) => {
    const own = artifacts.filter((artifact) => artifact.ownerId === `l${i}`);
    const count = (tier: Tier) => own.filter((artifact) => artifact.tier === tier).length;
    const loss = (tier: Tier) =>
      own.filter((artifact) => artifact.tier === tier).reduce((sum, artifact) => sum + artifact.worstCaseLossUsd, 0);
    return {
      id: `l${i}`,
      name: `Laboratory number ${i}`,
      counts: { EXPOSED: count('EXPOSED'), POSSIBLE: count('POSSIBLE'), CONTAINED: count('CONTAINED') },
      lossUsd: { EXPOSED: loss('EXPOSED'), POSSIBLE: loss('POSSIBLE'), CONTAINED: loss('CONTAINED') },
    };
  }).filter(({ counts }) => counts.EXPOSED + counts.POSSIBLE + counts.CONTAINED > 0);
  const copies = artifacts.flatMap((artifact) =>
    [...new Set([pick(holderCount), pick(holderCount)])].map((holder) => ({
      holderId: `o${holder}`,
      artifactId: artifact.id,
      tier: artifact.tier,
      count: 1,
    })),
  );
  const spread = organizations.slice(1).map((organization) => {
    const before = organizations.filter((other) => other.hops === organization.hops - 1);
    return {
      fromId: before[pick(before.length)]?.id ?? 'o0',
      toId: organization.id,
      kind: 'ACCESS' as const,
      likelihood: Math.ceil(random() * 100) / 100,
    };
  });
  const reachedTotal = holderCount - 1;
  return { artifacts, labs, copies, organizations, spread, reveals: [], artifactTotal: artifacts.length, reachedTotal, isWhole: true };
}

/** The same radius with every list reversed. */
export function shuffled(radius: LanesRadius): LanesRadius {
  return {
    ...radius,
    organizations: radius.organizations.toReversed(),
    artifacts: radius.artifacts.toReversed(),
    labs: radius.labs.toReversed(),
    copies: radius.copies.toReversed(),
    spread: radius.spread.toReversed(),
    reveals: radius.reveals.toReversed(),
  };
}

interface Options extends Omit<LanesLayoutOptions, 'selection' | 'focus'> {
  readonly selection: string | null;
  readonly focus?: string | null;
}

/** A radius laid out, with nothing that the reader placed by hand. */
export function layOutLanes(radius: LanesRadius, options: Options): LanesLayout {
  return arrangeLanes(radius, options as LanesLayoutOptions).draw(new Map());
}
