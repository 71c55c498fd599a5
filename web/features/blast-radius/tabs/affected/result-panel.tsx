import { Tabs } from '@mantine/core';
import { memo, type ReactNode, useEffect, useRef, useState } from 'react';
import { formatCount } from '../../../../shared/format/count.ts';
import { countInReach } from '../../../../shared/format/tier-counts.ts';
import type { MoreRows } from '../../../../shared/lists/use-more-rows.ts';
import { IconLayoutSidebarRight, IconRoute, IconTable } from '../../../../shared/ui/icons.tsx';
import { lazyPart, preloadWhenIdle } from '../../../../shared/ui/lazy-part.tsx';
import { showInStrip } from '../../../../shared/ui/show-in-strip.ts';
import type { BlastTab } from '../../../../shared/url/blast-radius-url.ts';
import { inputOf } from '../../../../shared/url/radius-options-url.ts';
import type { ArtifactRow, FlowRow, Holding, RadiusAnswer } from '../../lanes-radius.ts';
import { isUnknown, originsTitle } from '../../sentences.ts';
import { ListSkeleton } from '../../summary/skeletons.tsx';
import type { BlastView } from '../../use-blast-view.ts';
import classes from '../result-panel.module.css';
import { AffectedTab } from './affected-tab.tsx';

const IntegrityTab = lazyPart(async () => (await import('../integrity-tab.tsx')).IntegrityTab, { waiting: <ListSkeleton /> });
const LabsTab = lazyPart(async () => (await import('../labs-tab.tsx')).LabsTab, { waiting: <ListSkeleton /> });
const LossTab = lazyPart(async () => (await import('../loss-tab.tsx')).LossTab, { waiting: <ListSkeleton /> });
const OtherCopiesTab = lazyPart(async () => (await import('../other-copies-tab.tsx')).OtherCopiesTab, { waiting: <ListSkeleton /> });
const SumsTab = lazyPart(async () => (await import('../sums-tab.tsx')).SumsTab, { waiting: <ListSkeleton /> });
const WhomToAskTab = lazyPart(async () => (await import('../whom-to-ask-tab.tsx')).WhomToAskTab, { waiting: <ListSkeleton /> });

interface ResultPanelProps {
  readonly radius: RadiusAnswer | null;
  /** The loaded rows of the answer. */
  readonly artifacts: MoreRows<ArtifactRow>;
  readonly holdings: ReadonlyMap<string, Holding> | null;
  /** Null while unknown. */
  readonly flows: readonly FlowRow[] | null;
  readonly view: BlastView;
  readonly text: string;
  /** The canvas is hidden, so the panel has room for more columns. */
  readonly isWide: boolean;
  readonly isStale: boolean;
  readonly onToggleView: () => void;
}

/** The answer as lists, beside the canvas or in its place. */
export const ResultPanel = memo(function ResultPanel({
  radius,
  artifacts,
  holdings,
  flows,
  view,
  text,
  isWide,
  isStale,
  onToggleView,
}: ResultPanelProps) {
  const { state, change } = view;
  // Between a phone and a wide screen the picture comes first, and the list rests at its tabs. Of an empty radius the list says more.
  const [rests] = useState(() => window.matchMedia('(min-width: 721px) and (max-width: 1100px)').matches);
  const [chosenFold, setFolded] = useState<boolean | null>(null);
  const tabs = useRef<HTMLDivElement>(null);
  const input = inputOf(state);
  const isAnswered = radius !== null;
  useEffect(() => {
    if (isAnswered) preloadWhenIdle([LabsTab, SumsTab, WhomToAskTab, OtherCopiesTab, IntegrityTab, LossTab]);
  }, [isAnswered]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the active tab is that of the address, and counts widen the strip.
  useEffect(() => showInStrip(tabs.current?.querySelector<HTMLElement>('[data-active]') ?? null), [state.tab, isWide, isAnswered]);
  const total = radius === null || isUnknown(radius) ? null : countInReach(radius.summary);
  const isFolded = chosenFold ?? (rests && total !== 0);
  return (
    <section
      className={classes.panel}
      data-wide={isWide || undefined}
      data-folded={(isFolded && !isWide) || undefined}
      data-stale={isStale || undefined}
      aria-label="Lists"
    >
      <Tabs
        value={state.tab}
        onChange={(tab) => {
          if (tab === null) return;
          setFolded(false);
          change({ tab: tab as BlastTab });
        }}
        keepMounted={false}
        classNames={{ root: classes.tabs, list: classes.tabList, tab: classes.tab, panel: classes.tabPanel }}
      >
        <div className={classes.head}>
          <Tabs.List ref={tabs} aria-label="Blast radius lists">
            <Tab value="affected" label="Affected" count={total} />
            <Tab value="labs" label="Labs" count={radius === null || isUnknown(radius) ? null : radius.labs.totalCount} />
            <Tab value="sums" label="Sums" count={null} />
            <Tab
              value="ask"
              label={
                <>
                  <i>Whom to </i>ask
                </>
              }
              count={radius?.dependents.totalCount ?? null}
            />
            <Tab
              value="copies"
              label={
                <>
                  Other<i> copies</i>
                </>
              }
              count={radius?.otherCopies.totalCount ?? null}
            />
            <Tab value="integrity" label="Integrity" count={null} />
            <Tab value="loss" label="Loss" count={null} />
          </Tabs.List>
          <div className={classes.headEnd} data-screen-only>
            {!isWide && (
              <button
                type="button"
                className={`${classes.viewButton} ${classes.sheetOnly}`}
                aria-expanded={!isFolded}
                onClick={() => setFolded(!isFolded)}
              >
                <IconLayoutSidebarRight size={15} stroke={1.7} aria-hidden="true" />
                {!isFolded ? 'Hide list' : state.selection === null ? 'Show list' : 'Show why'}
              </button>
            )}
            <button type="button" className={`${classes.viewButton} ${isWide ? '' : classes.sheetOnly}`} onClick={onToggleView}>
              {isWide ? <IconRoute size={15} stroke={1.7} aria-hidden="true" /> : <IconTable size={15} stroke={1.7} aria-hidden="true" />}
              {isWide ? 'Show canvas' : 'Show table only'}
            </button>
          </div>
        </div>
        <Tabs.Panel value="affected">
          {radius === null ? (
            <ListSkeleton />
          ) : (
            <AffectedTab radius={radius} artifacts={artifacts} holdings={holdings} flows={flows} view={view} text={text} isWide={isWide} />
          )}
        </Tabs.Panel>
        <Tabs.Panel value="labs">
          {radius === null ? <ListSkeleton /> : <LabsTab radius={radius} input={input} state={state} change={change} />}
        </Tabs.Panel>
        <Tabs.Panel value="sums">{input !== null && <SumsTab state={state} text={text} change={change} />}</Tabs.Panel>
        <Tabs.Panel value="ask">{input !== null && <WhomToAskTab input={input} />}</Tabs.Panel>
        <Tabs.Panel value="copies">{input !== null && <OtherCopiesTab input={input} />}</Tabs.Panel>
        <Tabs.Panel value="loss">
          {input !== null && <LossTab input={input} title={originsTitle(radius?.origins.map((origin) => origin.name) ?? [])} />}
        </Tabs.Panel>
        <Tabs.Panel value="integrity">{input !== null && <IntegrityTab input={input} />}</Tabs.Panel>
      </Tabs>
    </section>
  );
});

function Tab({ value, label, count }: { readonly value: BlastTab; readonly label: ReactNode; readonly count: number | null }) {
  return (
    <Tabs.Tab value={value}>
      {label}
      {count !== null && <span className={classes.count}>{formatCount(count)}</span>}
    </Tabs.Tab>
  );
}
