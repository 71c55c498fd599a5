import type { DrawnNode } from '../../canvas/explore/graph-props.ts';
import { formatMoney } from '../../shared/format/money.ts';
import type { ExploreNodeFragment } from '../../shared/generated/operations.ts';
import type { ExploreState } from '../../shared/url/explore-url.ts';

/** An entry of the legend of a color: the nodes on the canvas that it filters by. */
export interface LookEntry {
  /** A country, a sensitivity, a step from 1 to 5, or `none`: as the address has it. */
  readonly key: string;
  readonly words: string;
  /** Of the fill, from 1 to 5; null: not filled. */
  readonly step: number | null;
  readonly count: number;
}

/** What color and size say of the nodes on the canvas. */
export interface ExploreLook {
  readonly entries: readonly LookEntry[];
  /** The entry of a node; null: this color says nothing of its kind. */
  readonly keyOf: (node: ExploreNodeFragment) => string | null;
  /** What is drawn and spoken of a node beside its kind. */
  readonly partOf: (node: ExploreNodeFragment) => Partial<DrawnNode> & { readonly spoken?: string };
}

const NONE = 'none';

/**
 * The look of the nodes on the canvas. Color by country or value speaks of organizations, by sensitivity of artifacts; other nodes keep the
 * color of their kind. Steps have about as many nodes each, and equal values stay together. Linear in the nodes, plus a sort.
 *
 * @param nodes all nodes of the canvas, filtered or not, so that an entry stays what it is when others are turned off
 */
export function exploreLook(nodes: readonly ExploreNodeFragment[], { color, size }: Pick<ExploreState, 'color' | 'size'>): ExploreLook {
  const usdOf = ({ organization }: ExploreNodeFragment) => organization?.custody.meanValueUsd ?? 0;
  const stepOf = color === 'value' ? stepsOf(nodes.flatMap((node) => (node.organization === null ? [] : usdOf(node)))) : () => 1;
  const keyOf = (node: ExploreNodeFragment): string | null => {
    const { organization, artifact } = node;
    if (color === 'country') return organization === null ? null : (organization.country ?? NONE);
    if (color === 'value') return organization === null ? null : String(stepOf(usdOf(node)));
    return color === 'sensitivity' && artifact !== null ? String(artifact.sensitivity) : null;
  };
  const entries = entriesOf(nodes, color, keyOf, usdOf);
  const stepByKey = new Map(entries.map(({ key, step }) => [key, step]));
  const amountOf = (node: ExploreNodeFragment) =>
    size === 'copies' ? (node.organization?.custody.copyCount ?? 0) : size === 'value' ? usdOf(node) : 0;
  const most = Math.max(0, ...nodes.map(amountOf));
  return {
    entries,
    keyOf,
    partOf: (node) => {
      const key = keyOf(node);
      const step = key === null ? null : (stepByKey.get(key) ?? null);
      // The area says the amount.
      const scale = most === 0 || node.organization === null ? {} : { scale: 0.7 + 0.9 * Math.sqrt(amountOf(node) / most) };
      if (key === null) return scale;
      const words = color === 'value' ? formatMoney(usdOf(node)) : key === NONE ? 'not known' : key;
      const said = { country: 'country', sensitivity: 'sensitivity', value: 'value held', kind: '' }[color];
      return {
        ...scale,
        ...(step !== null && { step }),
        ...(color === 'sensitivity' ? { value: words } : key === NONE ? {} : { note: words }),
        spoken: `${said} ${words}`,
      };
    },
  };
}

function entriesOf(
  nodes: readonly ExploreNodeFragment[],
  color: ExploreState['color'],
  keyOf: ExploreLook['keyOf'],
  usdOf: (node: ExploreNodeFragment) => number,
): readonly LookEntry[] {
  const found = new Map<string, ExploreNodeFragment[]>();
  for (const node of nodes) {
    const key = keyOf(node);
    if (key !== null) found.set(key, [...(found.get(key) ?? []), node]);
  }
  if (color === 'country') {
    const isNone = (key: string) => Number(key === NONE);
    return [...found]
      .sort(([a, some], [b, others]) => isNone(a) - isNone(b) || others.length - some.length || (a < b ? -1 : 1))
      .map(([key, { length }], place) => ({
        key,
        words: key === NONE ? 'Country not known' : key,
        step: key === NONE ? null : Math.max(1, 5 - place),
        count: length,
      }));
  }
  return [...found]
    .sort(([a], [b]) => Number(b) - Number(a))
    .map(([key, own]) => ({
      key,
      words: color === 'value' ? rangeOf(own.map(usdOf)) : `Sensitivity ${key}`,
      step: Number(key),
      count: own.length,
    }));
}

function rangeOf(amounts: readonly number[]): string {
  const [low, high] = [formatMoney(Math.min(...amounts)), formatMoney(Math.max(...amounts))];
  return low === high ? low : `${low} to ${high}`;
}

function stepsOf(values: readonly number[]): (value: number) => number {
  const sorted = values.toSorted((a, b) => a - b);
  return (value) => 1 + Math.min(4, Math.floor((Math.max(0, sorted.indexOf(value)) * 5) / Math.max(1, sorted.length)));
}
