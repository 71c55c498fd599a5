import { cellsOfFlows, type FlowRadius, labsOfTiers, reachedFigures, stepsOfPaths } from '../../canvas/flows/flow-radius.ts';
import type { LaneCopy, LanesAfter } from '../../canvas/lanes/lanes-props.ts';
import type { ShownRows } from '../../shared/export/export-menu.tsx';
import type { ChangeKind, ChangeListFragment, Tier, WhatIfQuery } from '../../shared/generated/operations.ts';

export type WhatIfAnswer = NonNullable<WhatIfQuery['whatIf']>;

/** The radius after the actions, for the lanes. Linear in changes and links. */
export function afterOfLanes({ scenario, ...answer }: WhatIfAnswer): LanesAfter {
  const tiers = new Map<string, Tier>();
  for (const { edges } of Object.values(changeLists(answer))) {
    for (const { node } of edges) if (node.after !== null) tiers.set(node.artifact.id, node.after.tier);
  }
  const copies = (scenario.subgraph?.links ?? []).flatMap(({ link, tier }): LaneCopy[] =>
    link.kind === 'HOLDS' && tier !== null ? [{ artifactId: idIn(link.source), holderId: idIn(link.target), tier, count: link.count }] : [],
  );
  return {
    tiers,
    reached: new Set(scenario.reached.edges.map(({ node }) => node.organization.id)),
    copies,
    spread: stepsOfPaths(scenario.reached.edges.map(({ node }) => node)),
    figures: reachedFigures(scenario.reached, scenario.flows),
    labs: new Map(labsOfTiers(scenario.labTiers).map((lab) => [lab.id, lab])),
  };
}

type ChangeLists = Readonly<Record<ChangeKind, ChangeListFragment>>;

/** The first changes of each kind. */
export function changeLists(
  answer: {
    readonly [Kind in Lowercase<ChangeKind>]: ChangeListFragment;
  },
): ChangeLists {
  const { left, weakened, strengthened, joined, stayed } = answer;
  return { LEFT: left, WEAKENED: weakened, STRENGTHENED: strengthened, JOINED: joined, STAYED: stayed };
}

/** The first changes of each kind as rows of a file. */
export function shownChanges(lists: ChangeLists): ShownRows {
  return {
    header: ['change', 'artifact', 'name', 'owner', 'tier_before', 'tier_after', 'because'],
    rows: Object.entries(lists).flatMap(([kind, { edges }]) =>
      edges.map(({ node: { artifact, before, after, because } }) => [
        kind,
        artifact.id,
        artifact.name,
        artifact.owner.name,
        before?.tier ?? null,
        after?.tier ?? null,
        because,
      ]),
    ),
  };
}

/** The radius after the actions, for the matrix. */
export function afterOfFlows({ scenario }: WhatIfAnswer): FlowRadius {
  return { holders: [], labs: labsOfTiers(scenario.labTiers), cells: cellsOfFlows(scenario.flows), steps: [] };
}

/** The id in the key of a node, such as `artifact:ID`. */
function idIn(key: string): string {
  return key.slice(key.indexOf(':') + 1);
}
