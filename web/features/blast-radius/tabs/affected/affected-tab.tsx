import { Button, CloseButton, Menu, TextInput } from '@mantine/core';
import { useEffect } from 'react';
import { countOf, formatCount } from '../../../../shared/format/count.ts';
import { showHidden } from '../../../../shared/format/hidden-characters.ts';
import { formatMoney } from '../../../../shared/format/money.ts';
import { countInReach } from '../../../../shared/format/tier-counts.ts';
import { ARTIFACT_TYPE_WORDS, capitalize, TIER_WORDS } from '../../../../shared/format/words.ts';
import { HelpCard } from '../../../../shared/help/help-card.tsx';
import { MoreRowsLine } from '../../../../shared/lists/more-rows.tsx';
import type { MoreRows } from '../../../../shared/lists/use-more-rows.ts';
import { IconFilter, IconInfoCircle, IconX } from '../../../../shared/ui/icons.tsx';
import { lazyPart, preloadWhenIdle } from '../../../../shared/ui/lazy-part.tsx';
import { type BlastState, NO_FILTERS } from '../../../../shared/url/blast-radius-url.ts';
import { inputOf } from '../../../../shared/url/radius-options-url.ts';
import type { ArtifactRow, FlowRow, Holding, RadiusAnswer } from '../../lanes-radius.ts';
import { isFilteredBy } from '../../question-variables.ts';
import { caveatSentence, heldThereSentence, isUnknown, stepsInWords, volumeSentence } from '../../sentences.ts';
import { ListSkeleton } from '../../summary/skeletons.tsx';
import type { BlastView } from '../../use-blast-view.ts';
import classes from './affected-tab.module.css';
import { AffectedTable } from './affected-table.tsx';

const OrganizationCard = lazyPart(async () => (await import('../../organization-card.tsx')).OrganizationCard);
const FilterChoices = lazyPart(async () => (await import('./filter-choices.tsx')).FilterChoices);
const SelectedArtifact = lazyPart(async () => (await import('../artifact-detail.tsx')).SelectedArtifact);
const UnknownRadius = lazyPart(async () => (await import('./unknown-radius.tsx')).UnknownRadius, { waiting: <ListSkeleton /> });

interface AffectedTabProps {
  readonly radius: RadiusAnswer;
  readonly artifacts: MoreRows<ArtifactRow>;
  readonly holdings: ReadonlyMap<string, Holding> | null;
  /** Null while unknown. */
  readonly flows: readonly FlowRow[] | null;
  readonly view: BlastView;
  readonly text: string;
  readonly isWide: boolean;
}

/** The affected artifacts: filters, the table, and the reasons why the radius is "at least this much". */
export function AffectedTab({ radius, artifacts, holdings, flows, view, text, isWide }: AffectedTabProps) {
  const { state, change } = view;
  useEffect(() => preloadWhenIdle([FilterChoices, OrganizationCard]), []);
  const { rows } = artifacts;
  const volume = volumeSentence(radius.totals);
  const caveat = caveatSentence(radius.certainty, radius.summary.blindSpotCount);
  const isFiltered = isFilteredBy(state, text);
  const clear = () => {
    view.setText('');
    change(state.focus === null ? NO_FILTERS : { ...NO_FILTERS, selection: null });
  };
  const input = inputOf(state);
  const isNothing = countInReach(radius.summary) === 0;

  if (input !== null && isUnknown(radius)) {
    return <UnknownRadius radius={radius} input={input} />;
  }
  return (
    <>
      <div className={classes.filters}>
        <TextInput
          aria-label="Filter by name"
          placeholder="Filter by name"
          size="xs"
          className={classes.filterText}
          value={view.text}
          onChange={(event) => view.setText(event.currentTarget.value)}
          rightSection={
            view.text === '' ? null : <CloseButton size="xs" aria-label="Clear the name filter" onClick={() => view.setText('')} />
          }
        />
        <Menu shadow="md" position="bottom-end" closeOnItemClick={false} portalProps={{ target: '#page' }}>
          <Menu.Target>
            <Button variant="default" size="xs" leftSection={<IconFilter size={14} stroke={1.7} aria-hidden="true" />}>
              Filter
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <FilterChoices labTiers={radius.allLabTiers} state={state} change={change} />
          </Menu.Dropdown>
        </Menu>
      </div>
      {isFiltered && (
        <div className={classes.chips}>
          {chipsOf(radius, state).map(([label, left]) => (
            <button
              key={JSON.stringify(left)}
              type="button"
              className={classes.chip}
              aria-label={`Remove the filter ${label}`}
              onClick={() => change(left)}
            >
              {label}
              <IconX size={12} stroke={2} aria-hidden="true" />
            </button>
          ))}
          <span className={classes.share}>{shareOf(radius, heldThereSentence(flows, state, text, radius.totals.worstCaseLossUsd))}</span>
          <button type="button" className={classes.clear} onClick={clear}>
            {state.focus === null ? 'Clear filters' : 'Show all rows'}
          </button>
        </div>
      )}
      {state.selection?.startsWith('organization:') && (
        <OrganizationCard radius={radius} holdings={holdings} state={state} change={change} />
      )}
      {state.selection?.startsWith('artifact:') && rows.every((row) => `artifact:${row.artifact.id}` !== state.selection) && (
        <SelectedArtifact radius={radius} state={state} change={change} onDetail={view.setApart} />
      )}
      {rows.length > 0 ? (
        <AffectedTable rows={rows} radius={radius} state={state} change={change} isWide={isWide} />
      ) : (
        <div className={classes.empty}>
          <EmptyReason radius={radius} isNothing={isNothing} onClear={clear} onAsk={() => change({ tab: 'ask' })} />
        </div>
      )}
      <MoreRowsLine list={artifacts} noun="artifacts" />
      {volume !== null && (
        <p className={classes.caveat}>
          <HelpCard term="volume">{volume}</HelpCard>
        </p>
      )}
      {caveat !== null && (
        <p className={classes.caveat}>
          <IconInfoCircle size={16} stroke={1.7} aria-hidden="true" />
          <span>
            <strong>
              <HelpCard term="lowerBound">At least this much.</HelpCard>
            </strong>{' '}
            {caveat}
          </span>
        </p>
      )}
    </>
  );
}

interface EmptyReasonProps {
  readonly radius: RadiusAnswer;
  readonly isNothing: boolean;
  readonly onClear: () => void;
  readonly onAsk: () => void;
}

/** The reason why the list is empty. */
function EmptyReason({ radius, isNothing, onClear, onAsk }: EmptyReasonProps) {
  if (!isNothing) {
    return (
      <>
        <h2>No artifact matches these filters</h2>
        <p>The blast radius has artifacts that the filters hide.</p>
        <Button variant="default" onClick={onClear}>
          Clear filters
        </Button>
      </>
    );
  }
  return (
    <>
      <h2>Nothing is in the radius</h2>
      <p>Widen the time window or allow more hops.</p>
      {radius.dependents.totalCount > 0 && (
        <Button variant="default" onClick={onAsk}>
          Show {countOf(radius.dependents.totalCount, 'dependent', 'dependents')}
        </Button>
      )}
    </>
  );
}

/** The filters of a state, each with the change that removes it. A focus stands for the filter that it sets. */
function chipsOf(radius: RadiusAnswer, state: BlastState): readonly (readonly [label: string, left: Partial<BlastState>])[] {
  const { focus, tiers, labs, holders, types, minSensitivity, sensitivities, worstCaseSteps, countries, channels } = state;
  const without = <T,>(list: readonly T[], one: T | null) => list.filter((other) => other !== one);
  return [
    ...(focus === null ? [] : [[`In focus: ${nameOf(radius, focus)}`, { focus: null, selection: null }] as const]),
    ...tiers.map((tier) => [TIER_WORDS[tier].word, { tiers: without(tiers, tier) }] as const),
    ...without(labs, focus).map((id) => [nameOf(radius, id), { labs: without(labs, id) }] as const),
    ...without(holders, focus).map((id) => [`Held at ${nameOf(radius, id)}`, { holders: without(holders, id) }] as const),
    ...types.map((type) => [capitalize(ARTIFACT_TYPE_WORDS[type]), { types: without(types, type) }] as const),
    ...(minSensitivity === null ? [] : [[`Sensitivity from ${minSensitivity}`, { minSensitivity: null }] as const]),
    ...sensitivities.map((level) => [`Sensitivity ${level}`, { sensitivities: without(sensitivities, level) }] as const),
    ...(worstCaseSteps.length === 0 ? [] : [[`Worst case ${stepsInWords(...worstCaseSteps)}`, { worstCaseSteps: [] }] as const]),
    ...countries.map((code) => [`Held in ${showHidden(code)}`, { countries: without(countries, code) }] as const),
    ...channels.map((channel) => [`Through ${showHidden(channel)}`, { channels: without(channels, channel) }] as const),
  ];
}

/** The name of a holder or a lab. */
function nameOf(radius: RadiusAnswer, id: string): string {
  const holder = radius.reached.edges.find((edge) => edge.node.organization.id === id)?.node.organization;
  return holder?.name ?? labsOf(radius.allLabTiers).get(id) ?? id;
}

/** The names of all labs with an artifact in reach, by id. */
function labsOf(labTiers: RadiusAnswer['allLabTiers']): ReadonlyMap<string, string> {
  return new Map(labTiers.map(({ lab }) => [lab.id, lab.name]));
}

/**
 * "313 of 2,306 · $1.1B of $8.0B": the filtered artifacts and their worst case, of the whole radius.
 *
 * @param heldThere the money in the copies at the one holder that the list shows, in place of the share of the whole
 */
function shareOf({ totals, summary }: RadiusAnswer, heldThere: string | null): string {
  const count = (of: typeof totals | typeof summary) => formatCount(countInReach(of));
  const loss = (of: typeof totals | typeof summary) => formatMoney(of.worstCaseLossUsd);
  return `${count(totals)} of ${count(summary)} · ${heldThere ?? `${loss(totals)} of ${loss(summary)}`}`;
}
