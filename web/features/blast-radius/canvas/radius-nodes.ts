import type { DrawnLink, DrawnNode } from '../../../canvas/explore/graph-props.ts';
import { lossOfSums } from '../../../canvas/flows/flow-radius.ts';
import { tiersInWords } from '../../../canvas/flows/flow-words.ts';
import type { LaneCell, LanesAfter, LanesRadius } from '../../../canvas/lanes/lanes-props.ts';
import { formatShare } from '../../../shared/format/share.ts';
import { mainRole, rolesInWords, TIERS } from '../../../shared/format/words.ts';
import type { Tier } from '../../../shared/generated/operations.ts';

/** A radius as nodes and lines without lanes. */
export interface RadiusNodes {
  /** The first origin comes first. */
  readonly nodes: readonly DrawnNode[];
  /** Between drawn nodes. */
  readonly links: readonly DrawnLink[];
  /** False: the lines of labs to holders are left out, because rows are not loaded. */
  readonly areLabLinksKnown: boolean;
}

/** Of a radius that a layout cannot show whole. More would be lines alone. */
const MOST_OF_LARGE = 24;

const organization = (id: string) => `organization:${id}`;

/** The number of organizations of a radius, an organization that is both holder and lab twice. */
export function countNodes({ organizations, reachedTotal, labs }: LanesRadius): number {
  return Math.max(organizations.length, reachedTotal) + labs.length;
}

/**
 * Origins, holders and affected labs as nodes. A line from a lab to a holder is all artifacts of the lab there, in their strongest tier; a
 * lab says its artifacts in reach by tier. Linear in the radius.
 *
 * @param after the part that is shown, of fewer hops or of an instant; null: all. The rest is pale.
 * @param hidden keys that are not drawn
 * @param most the number of organizations that the layout shows. Of a larger radius, the origins, the holders that hold most and the labs
 * with the worst losses are drawn.
 */
export function radiusNodes(
  radius: LanesRadius,
  after: LanesAfter | null,
  hidden: ReadonlySet<string>,
  most = Number.POSITIVE_INFINITY,
): RadiusNodes {
  const chosen = countNodes(radius) > most ? mostImportant(radius) : null;
  const nodes = organizationNodes(radius, after).filter(({ key }) => !hidden.has(key) && (chosen === null || chosen.has(key)));
  const drawn = new Set(nodes.map(({ key }) => key));
  const cells = cellsOf(radius, after);
  const links = [...spreadLinks(radius, after), ...labLinks(cells ?? [])];
  return {
    nodes,
    links: links.filter(({ source, target }) => drawn.has(source) && drawn.has(target)),
    areLabLinksKnown: cells !== null,
  };
}

/** Whether every reached organization is loaded with the count of what it holds. Only then is it known which hold most. */
export function isEveryHoldingKnown({ organizations, reachedTotal }: LanesRadius): boolean {
  const reached = organizations.filter(({ hops }) => hops > 0);
  return reached.length >= reachedTotal && reached.every(({ heldCount }) => heldCount !== null);
}

/** Origins, then holders and labs in turn; ties by id. */
function mostImportant({ organizations, labs }: LanesRadius): ReadonlySet<string> {
  const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : 1);
  const holders = organizations.filter(({ hops }) => hops > 0).sort((a, b) => (b.heldCount ?? 0) - (a.heldCount ?? 0) || byId(a, b));
  const worst = labs.toSorted((a, b) => lossOfSums(b) - lossOfSums(a) || byId(a, b));
  const inTurn = Array.from({ length: MOST_OF_LARGE }, (_, i) => [holders[i] ?? [], worst[i] ?? []].flat()).flat();
  const origins = organizations.filter(({ hops }) => hops === 0);
  return new Set([...origins, ...inTurn].slice(0, MOST_OF_LARGE).map(({ id }) => organization(id)));
}

function organizationNodes({ organizations, labs }: LanesRadius, after: LanesAfter | null): readonly DrawnNode[] {
  const nodes = new Map<string, DrawnNode>();
  for (const { id, name, roles, hops, likelihood, heldCount } of organizations.toSorted((a, b) => a.hops - b.hops)) {
    const kind = mainRole(roles);
    const isRest = after !== null && !after.reached.has(id);
    const held = heldCount === null ? null : `holds ${heldCount}`;
    // Chance and count are those of the whole radius.
    const note = after === null ? [held, hops === 0 ? null : formatShare(likelihood)].filter((word) => word !== null).join(' · ') : '';
    const place = hops === 0 ? 'origin' : `hop ${hops}`;
    nodes.set(organization(id), {
      ...{ kind, hiddenCount: 0 },
      key: organization(id),
      name,
      description: [rolesInWords(roles), place, ...(isRest ? ['not reached'] : note === '' ? [] : [note])].join(', '),
      part: hops === 0 ? 'origin' : isRest ? 'rest' : 'reached',
      ...(note !== '' && { note }),
    });
  }
  for (const { id, name, counts: whole } of labs) {
    const counts = after === null ? whole : after.labs.get(id)?.counts;
    const key = organization(id);
    const known = nodes.get(key);
    const words = counts === undefined ? 'nothing in reach' : tiersInWords(counts);
    nodes.set(key, {
      ...(known ?? { kind: 'LAB', hiddenCount: 0, key, name, part: counts === undefined ? 'rest' : 'affected' }),
      description: known === undefined ? `lab, ${words}` : `${known.description}, ${words}`,
      ...(counts !== undefined && { counts }),
    });
  }
  return [...nodes.values()];
}

function spreadLinks({ spread }: LanesRadius, after: LanesAfter | null): readonly DrawnLink[] {
  return (after?.spread ?? spread).map(({ fromId, toId, kind, likelihood }) => ({
    ...{ count: 1, isUnreadable: false },
    ...ends(kind, organization(fromId), organization(toId)),
    description: `${kind === 'ACCESS' ? 'access' : 'transfer'}, ${formatShare(likelihood)} chance`,
    tier: 'SPREAD',
  }));
}

function labLinks(cells: readonly Pick<LaneCell, 'holderId' | 'labId' | 'counts'>[]): readonly DrawnLink[] {
  return cells.map(({ holderId, labId, counts }) => ({
    ...ends('HOLDS', organization(labId), organization(holderId)),
    count: TIERS.reduce((sum, tier) => sum + counts[tier], 0),
    isUnreadable: false,
    description: tiersInWords(counts),
    tier: TIERS.find((tier) => counts[tier] > 0) ?? 'CONTAINED',
  }));
}

/**
 * The artifacts that each holder has of each lab: the server's figures or, where a filter leaves none, a count of all rows. Null: there are
 * rows that are not loaded.
 */
function cellsOf(radius: LanesRadius, after: LanesAfter | null): readonly Pick<LaneCell, 'holderId' | 'labId' | 'counts'>[] | null {
  const known = after === null ? radius.cells : after.cells;
  if (known != null) return known;
  if (!radius.isWhole || after?.isCut === true) return null;
  const ownerOf = new Map(radius.artifacts.map(({ id, ownerId }) => [id, ownerId]));
  const cells = new Map<string, { holderId: string; labId: string; counts: Record<Tier, number> }>();
  for (const { holderId, artifactId, tier } of (after ?? radius).copies) {
    const labId = ownerOf.get(artifactId);
    if (labId === undefined) continue;
    const key = JSON.stringify([holderId, labId]);
    const cell = cells.get(key) ?? { holderId, labId, counts: { EXPOSED: 0, POSSIBLE: 0, CONTAINED: 0 } };
    cell.counts[tier]++;
    cells.set(key, cell);
  }
  return [...cells.values()];
}

function ends(kind: DrawnLink['kind'], source: string, target: string): Pick<DrawnLink, 'key' | 'kind' | 'source' | 'target'> {
  return { key: JSON.stringify([kind, source, target]), kind, source, target };
}
