import { Button, CloseButton, Menu, TextInput } from '@mantine/core';
import { memo } from 'react';
import { countOf, formatCount } from '../../../../shared/format/count.ts';
import { showHidden } from '../../../../shared/format/hidden-characters.ts';
import { formatMoney } from '../../../../shared/format/money.ts';
import { ARTIFACT_TYPE_WORDS, TIER_WORDS } from '../../../../shared/format/words.ts';
import type { ArtifactType } from '../../../../shared/generated/operations.ts';
import { HelpCard } from '../../../../shared/help/help-card.tsx';
import { MoreRowsLine } from '../../../../shared/lists/more-rows.tsx';
import type { MoreRows } from '../../../../shared/lists/use-more-rows.ts';
import { TierDisc } from '../../../../shared/marks/tier-disc.tsx';
import { IconFilter, IconInfoCircle, IconX } from '../../../../shared/ui/icons.tsx';
import { lazyPart } from '../../../../shared/ui/lazy-part.tsx';
import { type BlastState, countFilters, NO_FILTERS, TIERS } from '../../../../shared/url/blast-radius-url.ts';
import { inputOf } from '../../../../shared/url/radius-options-url.ts';
import type { ArtifactRow, FlowRow, Holding, RadiusAnswer } from '../../lanes-radius.ts';
import { OrganizationCard } from '../../organization-card.tsx';
import { caveatSentence, heldThereSentence, isUnknown, stepsInWords, volumeSentence } from '../../sentences.ts';
import { ListSkeleton } from '../../summary/skeletons.tsx';
import type { BlastView, ChangeBlast } from '../../use-blast-view.ts';
import classes from './affected-tab.module.css';
import { AffectedTable } from './affected-table.tsx';

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
  const { rows } = artifacts;
  const volume = volumeSentence(radius.totals);
  const caveat = caveatSentence(radius.certainty, radius.summary.blindSpotCount);
  const isFiltered = countFilters(state) > 0 || text.trim() !== '';
  const clear = () => {
    view.setText('');
    change(state.focus === null ? NO_FILTERS : { ...NO_FILTERS, selection: null });
  };
  const isOther = (id: string) => id !== state.focus;
  const input = inputOf(state);
  const isNothing = radius.summary.exposedCount + radius.summary.possibleCount + radius.summary.containedCount === 0;

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
        <FilterMenu
          labTiers={radius.allLabTiers}
          tiers={state.tiers}
          labs={state.labs}
          types={state.types}
          minSensitivity={state.minSensitivity}
          change={change}
        />
      </div>
      {isFiltered && (
        <div className={classes.chips}>
          {state.tiers.map((tier) => (
            <Chip
              key={tier}
              label={TIER_WORDS[tier].word}
              onRemove={() => change({ tiers: state.tiers.filter((other) => other !== tier) })}
            />
          ))}
          {state.focus !== null && (
            <Chip label={`In focus: ${nameOf(radius, state.focus)}`} onRemove={() => change({ focus: null, selection: null })} />
          )}
          {state.labs.filter(isOther).map((id) => (
            <Chip key={id} label={nameOf(radius, id)} onRemove={() => change({ labs: state.labs.filter((other) => other !== id) })} />
          ))}
          {state.holders.filter(isOther).map((id) => (
            <Chip
              key={id}
              label={`Held at ${nameOf(radius, id)}`}
              onRemove={() => change({ holders: state.holders.filter((other) => other !== id) })}
            />
          ))}
          {state.types.map((type) => (
            <Chip
              key={type}
              label={ARTIFACT_TYPE_WORDS[type]}
              onRemove={() => change({ types: state.types.filter((other) => other !== type) })}
            />
          ))}
          {state.minSensitivity !== null && (
            <Chip label={`Sensitivity from ${state.minSensitivity}`} onRemove={() => change({ minSensitivity: null })} />
          )}
          {state.sensitivities.map((level) => (
            <Chip
              key={level}
              label={`Sensitivity ${level}`}
              onRemove={() => change({ sensitivities: state.sensitivities.filter((other) => other !== level) })}
            />
          ))}
          {state.worstCaseSteps.length > 0 && (
            <Chip label={`Worst case ${stepsInWords(...state.worstCaseSteps)}`} onRemove={() => change({ worstCaseSteps: [] })} />
          )}
          {state.countries.map((country) => (
            <Chip
              key={country}
              label={`Held in ${showHidden(country)}`}
              onRemove={() => change({ countries: state.countries.filter((other) => other !== country) })}
            />
          ))}
          <span className={classes.share}>{shareOf(radius, heldThereSentence(flows, state, text, radius.totals.worstCaseLossUsd))}</span>
          <button type="button" className={classes.clear} onClick={clear}>
            {state.focus === null ? 'Clear filters' : 'Show all rows'}
          </button>
        </div>
      )}
      <OrganizationCard radius={radius} holdings={holdings} state={state} change={change} />
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

interface FilterMenuProps extends Pick<BlastState, 'tiers' | 'labs' | 'types' | 'minSensitivity'> {
  readonly labTiers: RadiusAnswer['allLabTiers'];
  readonly change: ChangeBlast;
}

const SENSITIVITIES = [5, 4, 3, 2];

const FilterMenu = memo(function FilterMenu({ labTiers, tiers, labs: chosenLabs, types, minSensitivity, change }: FilterMenuProps) {
  const labs = [...labsOf(labTiers)].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name, 'en'));
  const toggle = <T extends string>(list: readonly T[], value: T): readonly T[] =>
    list.includes(value) ? list.filter((other) => other !== value) : [...list, value];
  return (
    <Menu shadow="md" position="bottom-end" closeOnItemClick={false} portalProps={{ target: '#page' }}>
      <Menu.Target>
        <Button variant="default" size="xs" leftSection={<IconFilter size={14} stroke={1.7} aria-hidden="true" />}>
          Filter
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Tier</Menu.Label>
        {TIERS.map((tier) => (
          <Menu.CheckboxItem
            key={tier}
            checked={tiers.includes(tier)}
            onChange={() => change({ tiers: toggle(tiers, tier) })}
            rightSection={<TierDisc tier={tier} />}
          >
            {TIER_WORDS[tier].word}
          </Menu.CheckboxItem>
        ))}
        <Menu.Label>Sensitivity</Menu.Label>
        {SENSITIVITIES.map((level) => (
          <Menu.CheckboxItem
            key={level}
            checked={minSensitivity === level}
            onChange={() => change({ minSensitivity: minSensitivity === level ? null : level })}
          >
            {level === 5 ? 'Only 5' : `${level} or higher`}
          </Menu.CheckboxItem>
        ))}
        <Menu.Label>Type</Menu.Label>
        {(Object.entries(ARTIFACT_TYPE_WORDS) as [ArtifactType, string][]).map(([type, word]) => (
          <Menu.CheckboxItem key={type} checked={types.includes(type)} onChange={() => change({ types: toggle(types, type) })}>
            {word}
          </Menu.CheckboxItem>
        ))}
        {labs.length > 0 && <Menu.Label>Lab</Menu.Label>}
        {labs.map((lab) => (
          <Menu.CheckboxItem
            key={lab.id}
            checked={chosenLabs.includes(lab.id)}
            onChange={() => change({ labs: toggle(chosenLabs, lab.id) })}
          >
            {lab.name}
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
});

function Chip({ label, onRemove }: { readonly label: string; readonly onRemove: () => void }) {
  return (
    <button type="button" className={classes.chip} aria-label={`Remove the filter ${label}`} onClick={onRemove}>
      {label}
      <IconX size={12} stroke={2} aria-hidden="true" />
    </button>
  );
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
  const count = (of: typeof totals | typeof summary) => formatCount(of.exposedCount + of.possibleCount + of.containedCount);
  const loss = (of: typeof totals | typeof summary) => formatMoney(of.worstCaseLossUsd);
  return `${count(totals)} of ${count(summary)} · ${heldThere ?? `${loss(totals)} of ${loss(summary)}`}`;
}
