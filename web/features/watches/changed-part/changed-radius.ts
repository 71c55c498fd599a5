import { type FlowLab, labsOfTiers, NO_SUMS, type PathStep, stepsOfPaths } from '../../../canvas/flows/flow-radius.ts';
import type { LaneCopy, LaneOrganization, LanesAfter, LanesRadius } from '../../../canvas/lanes/lanes-props.ts';
import type { ChangedSideFragment } from '../../../shared/generated/operations.ts';

type Side = ChangedSideFragment;
type ChangedRow = Side['artifacts']['edges'][number]['node'];
type ReachedRow = Side['reached']['edges'][number]['node'];

/** The changed part of a radius, as lanes: the artifacts of both sides with their holders and the ways to these. `after` tells what the later side has. */
export interface ChangedLanes {
  readonly radius: LanesRadius;
  readonly after: LanesAfter;
}

/**
 * The lanes of some artifacts on both sides of a comparison. Rows have the tier of the earlier side, or of the later one where they joined.
 * A holder is drawn with everyone on the way to it. Counts and losses are those of the whole answers, of the later one in the headings. Linear in
 * reached organizations, artifacts and ways.
 */
export function changedLanes(before: Side, after: Side): ChangedLanes {
  const [was, is] = [partOf(before), partOf(after)];
  const rows = mergeBy([...was.rows, ...is.rows], ({ artifact }) => artifact.id);
  const organizations = mergeBy([...is.organizations, ...was.organizations], ({ id }) => id);
  const radius: LanesRadius = {
    organizations,
    artifacts: rows.map(({ artifact, tier, basis, worstCaseLossUsd }) => ({
      ...{ id: artifact.id, name: artifact.name, type: artifact.type, sensitivity: artifact.sensitivity, ownerId: artifact.owner.id },
      ...{ tier, isRevealed: basis === 'REVEALED', worstCaseLossUsd },
    })),
    labs: labsOf(rows, before),
    copies: mergeBy([...was.copies, ...is.copies], ({ holderId, artifactId }) => JSON.stringify([holderId, artifactId])),
    spread: mergeBy([...is.spread, ...was.spread], ({ fromId, toId }) => JSON.stringify([fromId, toId])),
    reveals: [],
    artifactTotal: after.labTiers.reduce((sum, { artifactCount }) => sum + artifactCount, 0),
    reachedTotal: after.summary.reachedCount - after.origins.length - after.suspectedOrigins.length,
    choice: { affectedLabTotal: after.summary.affectedLabCount },
    isWhole: true,
  };
  return {
    radius,
    after: {
      tiers: new Map(is.rows.map(({ artifact, tier }) => [artifact.id, tier])),
      reached: new Set(is.organizations.map(({ id }) => id)),
      copies: is.copies,
      spread: is.spread,
      labs: new Map(labsOf(rows, after).map((lab) => [lab.id, lab])),
    },
  };
}

interface Part {
  readonly rows: readonly ChangedRow[];
  readonly organizations: readonly LaneOrganization[];
  readonly copies: readonly LaneCopy[];
  readonly spread: readonly PathStep[];
}

/** The artifacts of one side, who holds them, and everyone on the way to these. */
function partOf({ artifacts, reached }: Side): Part {
  const rows = artifacts.edges.map(({ node }) => node);
  const copies = rows.flatMap(copiesOf);
  const byId = new Map(reached.edges.map(({ node }) => [node.organization.id, node]));
  const drawn = new Map<string, ReachedRow>();
  const draw = (id: string) => {
    const row = byId.get(id);
    if (row !== undefined) drawn.set(id, row);
  };
  for (const { holderId } of copies) {
    draw(holderId);
    for (const { from, to } of byId.get(holderId)?.path ?? []) for (const { id } of [from, to]) draw(id);
  }
  return {
    rows,
    copies: copies.filter(({ holderId }) => drawn.has(holderId)),
    organizations: [...drawn.values()].map(({ organization, hops, isSuspected, likelihood }) => ({
      ...{ ...organization, hops, isSuspected, likelihood },
      ...{ heldCount: null, worstCaseLossUsd: null },
    })),
    spread: stepsOfPaths([...drawn.values()]).filter(({ fromId, toId }) => drawn.has(fromId) && drawn.has(toId)),
  };
}

/** The holders of an artifact's own copies, the strongest way of each. Ways come strongest first. */
function copiesOf({ artifact, ways }: ChangedRow): readonly LaneCopy[] {
  const own = ways.filter(({ reveals }) => reveals.length === 0);
  return mergeBy(
    own.map(({ tier, holder }) => ({ holderId: holder.organization.id, artifactId: artifact.id, tier, count: 1 })),
    ({ holderId }) => holderId,
  );
}

/** The first of each key, in order. */
function mergeBy<T>(all: readonly T[], keyOf: (one: T) => string): readonly T[] {
  const found = new Map<string, T>();
  for (const one of all) if (!found.has(keyOf(one))) found.set(keyOf(one), one);
  return [...found.values()];
}

/** The labs of these rows, with what the whole answer of a side counts of each. */
function labsOf(rows: readonly ChangedRow[], { labTiers }: Side): readonly FlowLab[] {
  const known = new Map(labsOfTiers(labTiers).map((lab) => [lab.id, lab]));
  const owners = mergeBy(
    rows.map(({ artifact }) => artifact.owner),
    ({ id }) => id,
  );
  return owners.map(({ id, name }) => known.get(id) ?? { id, name, ...NO_SUMS });
}
