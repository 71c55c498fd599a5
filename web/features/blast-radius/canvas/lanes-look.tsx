import { Menu } from '@mantine/core';
import { type ReactNode, useEffect, useMemo } from 'react';
import { createPortal } from 'react-dom';
import styles from '../../../canvas/cytoscape/canvas.module.css';
import { iconImage, toDataAddress } from '../../../canvas/cytoscape/images.ts';
import type { Tokens } from '../../../canvas/cytoscape/tokens.ts';
import { MOST_NODES } from '../../../canvas/explore/graph-props.ts';
import type { LaneArtifact, LanesAfter, LanesLook, LanesRadius, RowSubject } from '../../../canvas/lanes/lanes-props.ts';
import { isBundled } from '../../../canvas/lanes/layout/lanes-grouping.ts';
import { countOf, formatCount } from '../../../shared/format/count.ts';
import { formatMoney } from '../../../shared/format/money.ts';
import { countInReach } from '../../../shared/format/tier-counts.ts';
import { ARTIFACT_TYPE_WORDS, capitalize, TIER_WORDS, TIERS } from '../../../shared/format/words.ts';
import {
  type ArtifactType,
  RadiusCountriesDocument,
  type RadiusCountriesQuery,
  RadiusSumsDocument,
  type RadiusSumsQuery,
  type Tier,
} from '../../../shared/generated/operations.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { ArtifactIcon } from '../../../shared/marks/kind-icon.tsx';
import { TierLine } from '../../../shared/marks/tier-disc.tsx';
import { useAnnounce } from '../../../shared/ui/announcer.tsx';
import { IconChevronDown } from '../../../shared/ui/icons.tsx';
import {
  ARTIFACT_TYPES,
  type BlastState,
  PICTURE_COLORS,
  PICTURE_SIZES,
  RADIUS_LAYOUTS,
  stepUsd,
} from '../../../shared/url/blast-radius-url.ts';
import { questionOf } from '../question-variables.ts';
import { stepOfUsd, stepsInWords } from '../sentences.ts';
import type { ChangeBlast } from '../use-blast-view.ts';
import tools from './canvas-toolbar.module.css';
import classes from './lanes-look.module.css';
import { countNodes } from './radius-nodes.ts';

interface LanesLegendProps {
  readonly state: BlastState;
  readonly text: string;
  readonly change: ChangeBlast;
  /** Changes the picture, as a step that can be undone. */
  readonly act: (patch: Partial<BlastState>) => void;
  readonly lanes: LanesRadius;
  /** The part that is shown; null: all. */
  readonly after: LanesAfter | null;
  /** Gets how the rows look; null: by tier, all alike. */
  readonly onLook: (look: LanesLook | null) => void;
  /** The place of the choices; null: not there yet. */
  readonly slot: HTMLElement | null;
  /** The legend opens and closes by a button; null: it is always there. */
  readonly fold: { readonly isOpen: boolean; readonly onFold: () => void } | null;
}

const LAYOUT_WORDS = { lanes: 'Lanes', rings: 'Rings', free: 'Free' } as const;
const COLOR_WORDS = {
  tier: 'Tier',
  loss: 'Worst case',
  sensitivity: 'Sensitivity',
  type: 'Type',
  country: 'Country of the holder',
} as const;
const SIZE_WORDS = { equal: 'Equal', loss: 'Worst case', copies: 'Copies' } as const;
const SUMS = { tier: 'SENSITIVITY', loss: 'WORST_CASE', sensitivity: 'SENSITIVITY', type: 'TYPE', country: 'COUNTRY' } as const;
/** Entries of one legend. */
const MOST_ENTRIES = 10;

/**
 * The meanings of fill and size of the discs, and the legend. Its counts are the server's, of the whole answer. A press on an entry filters
 * picture and list to exactly the artifacts that it counts; a second entry adds its own.
 */
export function LanesLegend({ state, text, change, lanes, after, onLook, slot, fold, act }: LanesLegendProps) {
  // Only lanes show another color than the tier, and sizes.
  const { layout } = state;
  const { color, size } = layout === 'lanes' ? state : ({ color: 'tier', size: 'equal' } as const);
  const announce = useAnnounce();
  const question = useMemo(() => questionOf(state, text), [state, text]);
  // The counts of the tiers are there already, unless the picture is of some tiers or hops.
  const isKnown = color === 'tier' && state.tiers.length === 0 && state.hop === null;
  const sums = useQuestion(
    RadiusSumsDocument,
    useMemo(() => {
      if (question === null || isKnown) return null;
      const { orderBy: _, buckets: __, ...filters } = question;
      // Artifacts that an entry would add are counted too.
      return { ...filters, ...withoutOwn(color), by: SUMS[color] };
    }, [question, color, isKnown]),
  );
  const countries = useQuestion(
    RadiusCountriesDocument,
    useMemo(() => (question === null || color !== 'country' ? null : { input: question.input }), [question, color]),
  );
  const countriesOf = useMemo(() => countriesAt(lanes, countries.data), [lanes, countries.data]);
  const counted = sums.data?.blastRadius?.sums ?? null;
  const steps = useMemo(() => (color === 'loss' ? lossSteps(counted ?? []) : []), [color, counted]);
  const look = useMemo(() => lookOf(lanes, color, size, steps, countriesOf), [lanes, color, size, steps, countriesOf]);
  useEffect(() => onLook(look), [look, onLook]);
  useEffect(() => () => onLook(null), [onLook]);

  const entries =
    color === 'tier'
      ? tierEntries(isKnown && (lanes.isWhole || lanes.labs.length > 0) ? lanes.labs : null, counted)
      : entriesOf(color, steps, counted ?? []);
  const isCut = after?.isCut ?? !lanes.isWhole;
  const revealed = lanes.reveals.filter(
    ({ artifactId, revealsId }) => after === null || (after.tiers.has(artifactId) && after.tiers.has(revealsId)),
  );
  const chosen = chosenKeys(state);
  const isOn = ({ keys }: Entry) => keys.every((key) => chosen.includes(key));
  const isFiltered = chosen.length > 0;
  const press = (entry: Entry) => {
    const rest = chosen.filter((key) => !entry.keys.includes(key));
    const next = isOn(entry) ? rest : [...rest, ...entry.keys];
    change(filterOf(color, next));
    const shown = entries.filter(({ keys }) => keys.every((key) => next.includes(key)));
    announce(
      next.length === 0
        ? 'All are shown.'
        : `Only: ${shown.map(({ words, count }) => (count === null ? words : `${words}, ${count}`)).join('; ')}.`,
    );
  };
  return (
    <>
      {slot !== null &&
        createPortal(
          <>
            <Choice
              title="Layout"
              values={RADIUS_LAYOUTS}
              words={LAYOUT_WORDS}
              value={layout}
              mostOf={(each) => (each === 'lanes' || countNodes(lanes) <= MOST_NODES[each] ? null : MOST_NODES[each])}
              // A place that was pinned in one layout has no meaning in another.
              onChange={(next) => act({ layout: next, pins: [] })}
            />
            {layout === 'lanes' && (
              <Choice
                title="Color"
                values={PICTURE_COLORS}
                words={COLOR_WORDS}
                value={color}
                onChange={(next) => change({ color: next })}
              />
            )}
            {layout === 'lanes' && isBundled(lanes) && (
              <Choice
                title="Width"
                values={['copies', 'loss']}
                words={SIZE_WORDS}
                value={state.width}
                onChange={(width) => change({ width })}
              />
            )}
            {layout === 'lanes' && !isBundled(lanes) && (
              <Choice title="Size" values={PICTURE_SIZES} words={SIZE_WORDS} value={size} onChange={(next) => change({ size: next })} />
            )}
            {fold !== null && (
              <button type="button" className={tools.tool} aria-expanded={fold.isOpen} onClick={fold.onFold}>
                Legend
                <IconChevronDown size={14} stroke={1.6} aria-hidden="true" />
              </button>
            )}
          </>,
          slot,
        )}
      <ul className={`${styles.legend} ${classes.legend} ${color === 'tier' ? '' : classes.many}`} aria-label="Legend">
        {entries.slice(0, MOST_ENTRIES).map((entry) => (
          <li key={entry.words} data-legend={entry.saved ?? entry.words} data-legend-tier={color === 'tier' || undefined}>
            <button
              type="button"
              className={classes.entry}
              aria-pressed={isFiltered && isOn(entry)}
              data-dimmed={(isFiltered && !isOn(entry)) || undefined}
              title={isFiltered && isOn(entry) ? 'No longer filters' : 'Shows only these, in the picture and in the list'}
              onClick={() => press(entry)}
            >
              {entry.mark}
              {entry.words} <span className="number">{entry.count === null ? '–' : formatCount(entry.count)}</span>
            </button>
          </li>
        ))}
        {entries.length > MOST_ENTRIES && (
          <li>
            <button type="button" className={classes.entry} onClick={() => change({ tab: 'sums' })}>
              {countOf(entries.length - MOST_ENTRIES, 'more key', 'more keys')} in Sums
            </button>
          </li>
        )}
        {color !== 'tier' &&
          TIERS.map((tier) => (
            <li key={tier} className={classes.line} data-legend={`${TIER_WORDS[tier].word} copy`}>
              <TierLine tier={tier} />
              {TIER_WORDS[tier].word}
            </li>
          ))}
        {lanes.spread.length > 0 && (
          <Line word="Access" count={isCut ? null : (after ?? lanes).spread.length}>
            <path d="M0 4.4h19M0 7.6h19" stroke="var(--ink-2)" strokeWidth="1.2" />
            <path d="M19 2.2l7 3.8-7 3.8z" fill="var(--ink-2)" />
          </Line>
        )}
        {lanes.reveals.length > 0 && (
          <Line word="Reveals" count={isCut ? null : revealed.length}>
            <path d="M0 6h25M20 2.6l5 3.4-5 3.4" fill="none" stroke="var(--ink-2)" strokeWidth="1.25" />
          </Line>
        )}
        {layout === 'lanes' && isBundled(lanes) && (
          <Line word={state.width === 'loss' ? 'One band a lab. Wider: more worst case' : 'One band a lab. Wider: more artifacts'}>
            <path d="M1 3h24" stroke="var(--ink-2)" strokeWidth="1.5" />
            <path d="M1 9h24" stroke="var(--ink-2)" strokeWidth="4.5" />
          </Line>
        )}
        {size !== 'equal' && !isBundled(lanes) && (
          <Line word={size === 'loss' ? 'Larger: more worst case' : 'Larger: more copies'}>
            <circle cx="5" cy="6" r="3" fill="var(--ink-2)" />
            <circle cx="18" cy="6" r="6" fill="var(--ink-2)" />
          </Line>
        )}
      </ul>
    </>
  );
}

interface ChoiceProps<T extends string> {
  readonly title: string;
  readonly values: readonly T[];
  readonly words: Readonly<Record<T, string>>;
  readonly value: T;
  readonly onChange: (value: T) => void;
  /** The most nodes of a value that cannot be chosen, because there are more; null: it can. */
  readonly mostOf?: (value: T) => number | null;
}

/** A choice with its value in sight: "Color Tier". */
function Choice<T extends string>({ title, values, words, value, onChange, mostOf = () => null }: ChoiceProps<T>) {
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button type="button" className={tools.tool}>
          {title} <b>{words[value]}</b>
          <IconChevronDown size={14} stroke={1.6} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={value} onChange={(next) => onChange(next as T)}>
          {values.map((each) => (
            <Menu.RadioItem key={each} value={each} closeMenuOnClick>
              {words[each]}
              {mostOf(each) !== null && ` (up to ${mostOf(each)} nodes)`}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}

/** @param count null: not known, because the picture lacks a part */
function Line({ word, count = null, children }: { readonly word: string; readonly count?: number | null; readonly children: ReactNode }) {
  return (
    <li className={classes.line} data-legend={word}>
      <svg width="27" height="12" viewBox="0 0 27 12" aria-hidden="true">
        {children}
      </svg>
      {word} {count !== null && <span className="number">{formatCount(count)}</span>}
    </li>
  );
}

interface Entry {
  /** The values that it filters by, as the address has them. */
  readonly keys: readonly string[];
  readonly words: string;
  /** In the legend of a saved picture; absent: the words. */
  readonly saved?: string;
  /** Artifacts of the whole answer, whatever other entries of this legend are pressed; null: not known yet. */
  readonly count: number | null;
  readonly mark: ReactNode;
}

type Sums = NonNullable<RadiusSumsQuery['blastRadius']>['sums'];

/** Keys of the filter that the legend sets, as texts. */
function chosenKeys({ color, tiers, types, sensitivities, worstCaseSteps, countries }: BlastState): readonly string[] {
  const filters = { tier: tiers, type: types, sensitivity: sensitivities, loss: worstCaseSteps, country: countries };
  return filters[color].map(String);
}

function filterOf(color: BlastState['color'], keys: readonly string[]): Partial<BlastState> {
  switch (color) {
    case 'tier':
      return { tiers: TIERS.filter((tier) => keys.includes(tier)) };
    case 'type':
      return { types: keys as readonly ArtifactType[] };
    case 'sensitivity':
      return { sensitivities: keys.map(Number).sort((a, b) => a - b) };
    case 'loss':
      return { worstCaseSteps: keys.map(Number).sort((a, b) => a - b) };
    case 'country':
      return { countries: keys };
  }
}

/** The variables that take the legend's own filter out of a question. */
function withoutOwn(color: BlastState['color']) {
  const names = { tier: 'tiers', type: 'types', sensitivity: 'sensitivities', loss: 'worstCaseSteps', country: 'countries' } as const;
  return { [names[color]]: null };
}

/** Steps of the server's scale that are drawn alike. */
interface LossStep {
  /** From 1 to 5. */
  readonly fill: number;
  /** Of the scale (`stepUsd`), ends included. */
  readonly first: number;
  readonly last: number;
  readonly count: number;
}

/** At most five steps with about as many artifacts each, the lowest first. What the server counts as one step stays together. */
function lossSteps(sums: Sums): readonly LossStep[] {
  const counted = sums.map((sum) => ({ step: stepOfUsd(Number(sum.key)), count: countInReach(sum) })).sort((a, b) => a.step - b.step);
  const total = counted.reduce((sum, { count }) => sum + count, 0);
  const steps = new Map<number, LossStep>();
  let before = 0;
  for (const { step, count } of counted) {
    const fill = 1 + Math.min(4, Math.floor((before * 5) / total));
    const known = steps.get(fill);
    steps.set(fill, { fill, first: known?.first ?? step, last: step, count: (known?.count ?? 0) + count });
    before += count;
  }
  return [...steps.values()];
}

type Countries = NonNullable<RadiusCountriesQuery['blastRadius']>;

/** The countries of the holders of each artifact, by artifact id. */
function countriesAt(lanes: LanesRadius, data: RadiusCountriesQuery | null): ReadonlyMap<string, readonly string[]> {
  const edges: Countries['reached']['edges'] = data?.blastRadius?.reached.edges ?? [];
  const at = new Map(edges.map(({ node }) => [node.organization.id, node.organization.country]));
  const found = new Map<string, Set<string>>();
  for (const { holderId, artifactId } of lanes.copies) {
    const country = at.get(holderId);
    if (country != null) found.set(artifactId, (found.get(artifactId) ?? new Set()).add(country));
  }
  return new Map([...found].map(([id, codes]) => [id, [...codes].sort()]));
}

function lookOf(
  lanes: LanesRadius,
  color: BlastState['color'],
  size: BlastState['size'],
  steps: readonly LossStep[],
  countriesOf: ReadonlyMap<string, readonly string[]>,
): LanesLook | null {
  if (color === 'tier' && size === 'equal') return null;
  const copies = new Map<string, number>();
  for (const { artifactId, count } of lanes.copies) copies.set(artifactId, (copies.get(artifactId) ?? 0) + count);
  const sizeOf = ({ id, worstCaseLossUsd }: LaneArtifact) => (size === 'loss' ? worstCaseLossUsd : (copies.get(id) ?? 0));
  const most = Math.max(0, ...lanes.artifacts.map(sizeOf));
  const alone = ({ artifacts, count }: RowSubject) => (count === 1 ? artifacts[0] : undefined);
  const fillOf = ({ sensitivity, worstCaseLossUsd }: LaneArtifact) => {
    if (color === 'sensitivity') return sensitivity;
    // To the cent, as the server counts.
    const usd = Math.round(worstCaseLossUsd * 100) / 100;
    return steps.find(({ first, last }) => usd >= stepUsd(first) && usd < stepUsd(last + 1))?.fill;
  };
  const worthOf = (artifact: LaneArtifact) => {
    if (color === 'country') return (countriesOf.get(artifact.id) ?? []).slice(0, 3).join(' ');
    if (color === 'sensitivity') return String(artifact.sensitivity);
    return color === 'loss' ? formatMoney(artifact.worstCaseLossUsd) : '';
  };
  return {
    classOf: (row) => {
      const artifact = alone(row);
      if (artifact === undefined || color === 'tier') return '';
      if (color === 'type') return `type-${artifact.type.toLowerCase()}`;
      return `step-${color === 'country' ? 5 : (fillOf(artifact) ?? 1)}`;
    },
    valueOf: (row) => {
      const artifact = alone(row);
      return artifact === undefined ? '' : worthOf(artifact);
    },
    spokenOf: (row) => {
      const artifact = alone(row);
      if (artifact === undefined || color === 'tier' || color === 'type') return '';
      if (color === 'country') return `, held in ${countriesOf.get(artifact.id)?.join(', ') ?? 'no known country'}`;
      return `, ${COLOR_WORDS[color].toLowerCase()} ${worthOf(artifact)}`;
    },
    sideOf: (row) => {
      const artifact = alone(row);
      // The area says the amount.
      return size === 'equal' || artifact === undefined || most === 0 ? 1 : 0.7 + 0.9 * Math.sqrt(sizeOf(artifact) / most);
    },
    styles: (tokens) => lookStyles(tokens),
  };
}

/** @param labs null: the counts are those of `sums` */
function tierEntries(labs: LanesRadius['labs'] | null, sums: Sums | null): readonly Entry[] {
  const fields = { EXPOSED: 'exposedCount', POSSIBLE: 'possibleCount', CONTAINED: 'containedCount' } as const;
  return TIERS.map((tier) => ({
    keys: [tier],
    words: TIER_WORDS[tier].word,
    saved: `${TIER_WORDS[tier].word} copy`,
    count:
      labs === null
        ? (sums?.reduce((sum, each) => sum + each[fields[tier]], 0) ?? null)
        : labs.reduce((sum, { counts }) => sum + counts[tier], 0),
    mark: <TierLine tier={tier} />,
  }));
}

/** An unknown value cannot be asked for, so it has no entry. */
function entriesOf(color: 'loss' | 'sensitivity' | 'type' | 'country', steps: readonly LossStep[], sums: Sums): readonly Entry[] {
  if (color === 'loss') {
    return steps.toReversed().map(({ fill, first, last, count }) => ({
      keys: Array.from({ length: last - first + 1 }, (_, i) => String(first + i)),
      words: stepsInWords(first, last),
      count,
      mark: <StepMark step={fill} />,
    }));
  }
  const counted = sums.flatMap((sum) => (sum.key === null ? [] : [{ key: sum.key, count: countInReach(sum) }]));
  return counted
    .sort((a, b) => (color === 'sensitivity' ? Number(b.key) - Number(a.key) : b.count - a.count || (a.key < b.key ? -1 : 1)))
    .map(({ key, count }) => ({
      keys: [key],
      words: color === 'type' ? capitalize(ARTIFACT_TYPE_WORDS[key as ArtifactType]) : color === 'sensitivity' ? `Sensitivity ${key}` : key,
      count,
      mark:
        color === 'type' ? (
          <ArtifactIcon type={key as ArtifactType} size={14} />
        ) : (
          <StepMark step={color === 'sensitivity' ? Number(key) : 5} />
        ),
    }));
}

function StepMark({ step }: { readonly step: number }) {
  return (
    <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
      <circle cx="7" cy="7" r="5.6" fill="var(--ink-2)" fillOpacity={opacityOf(step)} stroke="var(--ink-2)" strokeWidth="1.2" />
    </svg>
  );
}

function opacityOf(step: number): number {
  return [0, 0.25, 0.5, 0.75, 1][step - 1] ?? 1;
}

/** The styles of rows that are colored by a step or drawn with the icon of their type. A disc keeps the shape of its tier. */
function lookStyles(tokens: Tokens): ReturnType<LanesLook['styles']> {
  const ring = `<circle cx="12" cy="12" r="11" fill="none" stroke="${tokens.ink}" stroke-width="2"/>`;
  const ground = `<circle cx="12" cy="12" r="7.5" fill="${tokens.surface}"/>`;
  const both = (selector: string, inside: string) => [
    { selector: `.row${selector}`, style: { 'background-image': toDataAddress(24, ground + inside) } },
    { selector: `node.row.marked${selector}`, style: { 'background-image': toDataAddress(24, ground + inside + ring) } },
  ];
  const steps = [1, 2, 3, 4, 5].flatMap((step) =>
    TIERS.flatMap((tier) =>
      both(`.step-${step}.${tier.toLowerCase()}`, `<g transform="translate(5 5)">${stepShape(tier, step, tokens['ink-2'])}</g>`),
    ),
  );
  const types = ARTIFACT_TYPES.map((type) => ({
    selector: `.row.type-${type.toLowerCase()}`,
    style: {
      'background-image': iconImage(type, tokens.ink),
      'background-width': 15,
      'background-height': 15,
      'background-position-x': '9px',
    },
  }));
  return [...steps, ...types] as unknown as ReturnType<LanesLook['styles']>;
}

/** On a grid of 14 by 14. */
function stepShape(tier: Tier, step: number, ink: string): string {
  const fill = `fill="${ink}" fill-opacity="${opacityOf(step)}"`;
  const edge = `stroke="${ink}" stroke-width="1.3"`;
  if (tier === 'EXPOSED') return `<circle cx="7" cy="7" r="5.6" ${fill} ${edge}/>`;
  if (tier === 'POSSIBLE')
    return `<circle cx="7" cy="7" r="5.6" fill="none" ${edge}/><path d="M7 1.4a5.6 5.6 0 0 0 0 11.2z" ${fill} ${edge}/>`;
  return `<circle cx="7" cy="7" r="5.6" fill="none" ${edge} stroke-dasharray="1.5 1.5"/><rect x="4.4" y="6.3" width="5.2" height="3.8" rx="0.7" ${fill} stroke="${ink}" stroke-width="0.8"/>`;
}
