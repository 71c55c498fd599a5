import cytoscape from 'cytoscape';
import fcose from 'cytoscape-fcose';
import type { FlowCell, FlowRadius } from '../../../web/canvas/flows/flow-radius.ts';
import { layOutFlows } from '../../../web/canvas/flows/flows-layout.ts';
import type { LanesRadius } from '../../../web/canvas/lanes/lanes-props.ts';
import { buildMatrix } from '../../../web/canvas/matrix/matrix-rows.ts';
import type { Tier } from '../../../web/shared/generated/operations.ts';
import { layOutLanes } from '../../web/lanes-worlds.ts';

/* Runs in the browser: the page's own layouts and fcose over one radius. */

const HOLDERS = 60;
const LABS = 20;
const TIERS: readonly Tier[] = ['EXPOSED', 'POSSIBLE', 'CONTAINED'];
const NONE = { EXPOSED: 0, POSSIBLE: 0, CONTAINED: 0 };

/** Milliseconds of each run. */
export type LayoutTimes = Readonly<Record<'lanes' | 'flows' | 'matrix' | 'fcoseDefault' | 'fcoseDraft', readonly number[]>>;

/** @param nodes holders, labs and artifacts together */
export function measureLayouts(nodes: number, links: number, rounds: number, fcoseRounds: number): LayoutTimes {
  const { lanes, flows } = radiusOf(nodes - HOLDERS - LABS, links);
  const time = (count: number, run: () => void) =>
    Array.from({ length: count }, () => {
      const start = performance.now();
      run();
      return performance.now() - start;
    });
  cytoscape.use(fcose);
  const own = { openGroups: [], selection: null };
  return {
    lanes: time(rounds, () => layOutLanes(lanes, { ...own, width: 1000 })),
    flows: time(rounds, () => layOutFlows(flows, { width: 1000, height: 600, measure: 'worst', openGroups: new Set<string>() })),
    matrix: time(rounds, () => buildMatrix(flows, 'value')),
    fcoseDraft: time(fcoseRounds, () => layOutByForces(lanes, 'draft')),
    fcoseDefault: time(fcoseRounds, () => layOutByForces(lanes, 'default')),
  };
}

function layOutByForces({ organizations, artifacts, copies, labs }: LanesRadius, quality: 'draft' | 'default'): void {
  const core = cytoscape({
    headless: true,
    styleEnabled: true,
    elements: [
      ...[...organizations, ...labs, ...artifacts].map(({ id }) => ({ data: { id } })),
      ...copies.map(({ holderId, artifactId }, i) => ({ data: { id: `copy-${i}`, source: holderId, target: artifactId } })),
    ],
  });
  const options = { name: 'fcose', animate: false, quality, boundingBox: { x1: 0, y1: 0, w: 1000, h: 600 } };
  core.layout(options as unknown as cytoscape.LayoutOptions).run();
  core.destroy();
}

/** One radius for both kinds of drawing. The same size gives the same radius. */
export function radiusOf(artifactCount: number, links: number): { readonly lanes: LanesRadius; readonly flows: FlowRadius } {
  const holders = Array.from({ length: HOLDERS }, (_, i) => ({
    id: `holder-${i}`,
    name: `Holder ${i}`,
    roles: ['VENDOR' as const],
    hops: i === 0 ? 0 : 1 + (i % 3),
    likelihood: 1 / (1 + (i % 4)),
    heldCount: null,
    worstCaseLossUsd: 1_000_000 * (1 + (i % 7)),
  }));
  const artifacts = Array.from({ length: artifactCount }, (_, i) => ({
    id: `artifact-${i}`,
    name: `Artifact ${i}`,
    sensitivity: 3,
    type: 'ANNOTATION_GUIDELINES' as const,
    ownerId: `lab-${i % LABS}`,
    tier: TIERS[i % 3] as Tier,
    isRevealed: false,
    worstCaseLossUsd: 100_000 * (1 + (i % 11)),
  }));
  const copies = Array.from({ length: links }, (_, i) => ({
    holderId: `holder-${(i * 7) % HOLDERS}`,
    artifactId: `artifact-${(i * 13) % artifactCount}`,
    tier: TIERS[i % 3] as Tier,
    count: 1,
  }));
  const labs = Array.from({ length: LABS }, (_, i) => ({
    id: `lab-${i}`,
    name: `Lab ${i}`,
    counts: { EXPOSED: 15, POSSIBLE: 15, CONTAINED: 15 },
    lossUsd: { ...NONE, EXPOSED: 1_000_000 * (i + 1), POSSIBLE: 500_000 },
  }));
  const spread = holders.slice(1).map(({ id, hops, likelihood }, i) => ({
    fromId: hops === 1 ? 'holder-0' : (holders.find((other) => other.hops === hops - 1)?.id ?? 'holder-0'),
    toId: id,
    kind: i % 2 === 0 ? ('ACCESS' as const) : ('TRANSFER' as const),
    likelihood,
  }));
  const cells = holders.flatMap((holder, h) =>
    labs.map(
      (lab, l): FlowCell => ({
        holderId: holder.id,
        labId: lab.id,
        counts: { EXPOSED: (h + l) % 4, POSSIBLE: 1 + (l % 3), CONTAINED: h % 2 },
        lossUsd: { ...NONE, EXPOSED: 10_000 * ((h + l) % 4), POSSIBLE: 5_000 },
      }),
    ),
  );
  return {
    lanes: {
      organizations: holders,
      artifacts,
      labs,
      copies,
      spread,
      reveals: [],
      artifactTotal: artifactCount,
      reachedTotal: HOLDERS - 1,
      isWhole: true,
    },
    flows: { holders, labs, cells, steps: spread },
  };
}
