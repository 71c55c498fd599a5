import { Button, Popover } from '@mantine/core';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { countOf } from '../../../shared/format/count.ts';
import type { SavedIncidentFragment } from '../../../shared/generated/operations.ts';
import type { MoreRows } from '../../../shared/lists/use-more-rows.ts';
import { focusResult } from '../../../shared/ui/focus-result.ts';
import { IconDots, IconUpload } from '../../../shared/ui/icons.tsx';
import { lazyPart, preloadWhenIdle } from '../../../shared/ui/lazy-part.tsx';
import { NO_COMPARISON } from '../../../shared/url/comparison-url.ts';
import { inputOf } from '../../../shared/url/radius-options-url.ts';
import { WatchThis } from '../../../shared/watches/watch-this.tsx';
import { watchRadius } from '../../../shared/watches/watchable.ts';
import type { ArtifactRow, RadiusAnswer } from '../lanes-radius.ts';
import type { BlastView } from '../use-blast-view.ts';
import type { IncidentFormProps } from './incident-form.tsx';
import type { OriginPicker } from './origins-form.tsx';
import { stepsOf } from './saved-incident.ts';
import classes from './summary-band.module.css';

const HandOver = lazyPart(async () => (await import('../hand-over.tsx')).HandOver, { isDialog: true });
const IncidentForm = lazyPart(async () => (await import('./incident-form.tsx')).IncidentForm);
const OptionsForm = lazyPart(async () => (await import('./options-form.tsx')).OptionsForm);
const OriginsForm = lazyPart(async () => (await import('./origins-form.tsx')).OriginsForm);

export interface BandActionsProps {
  readonly radius: RadiusAnswer;
  readonly artifacts: MoreRows<ArtifactRow>;
  readonly title: string;
  readonly view: BlastView;
  readonly text: string;
  /** The saved incident of the question; null if there is none, or if it is unknown. */
  readonly saved: SavedIncidentFragment | null;
  readonly OriginPicker: OriginPicker;
  readonly views: ReactNode;
}

/** The actions on the question: change, save, hand over and compare it, and try a response. */
export function BandActions({ radius, artifacts, title, view, text, saved, OriginPicker, views }: BandActionsProps) {
  const { state, change } = view;
  const input = inputOf(state);
  const [handOver, setHandOver] = useState<'never' | 'open' | 'closed'>('never');
  /** A narrow band folds all actions but one. */
  const [isUnfolded, setUnfolded] = useState(false);
  useEffect(() => preloadWhenIdle([IncidentForm, OptionsForm, HandOver]), []);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row everywhere
    <div
      role="group"
      aria-label="Actions"
      className={classes.actions}
      data-screen-only
      onBlur={({ currentTarget, relatedTarget: next }) => {
        const isElsewhere = next !== null && !currentTarget.contains(next) && next.closest('[role=dialog]') === null;
        if (isElsewhere) setUnfolded(false);
      }}
      onKeyDown={(event) => {
        if (!isUnfolded || event.key !== 'Escape' || !event.currentTarget.contains(event.target as Node)) return;
        event.preventDefault();
        event.currentTarget.querySelector<HTMLElement>('[aria-expanded=true]:last-child')?.focus();
        setUnfolded(false);
      }}
    >
      <div className={classes.folded} data-open={isUnfolded || undefined}>
        {input !== null && <WatchThis choices={[watchRadius(input, title)]} />}
        <Popover position="bottom-end" width={340} shadow="md" trapFocus returnFocus>
          <Popover.Target>
            <Button variant="default">Origins</Button>
          </Popover.Target>
          <Popover.Dropdown aria-label="Origins">
            <OriginsForm radius={radius} state={state} change={change} OriginPicker={OriginPicker} />
          </Popover.Dropdown>
        </Popover>
        <Popover position="bottom-end" width={320} shadow="md" trapFocus returnFocus>
          <Popover.Target>
            <Button variant="default">Options</Button>
          </Popover.Target>
          <Popover.Dropdown aria-label="Options">
            <OptionsForm radius={radius} change={change} />
          </Popover.Dropdown>
        </Popover>
        <IncidentMenu radius={radius} state={state} change={change} title={title} />
        <Button
          variant="default"
          leftSection={<IconUpload size={16} stroke={1.7} aria-hidden="true" />}
          onClick={() => {
            HandOver.preload();
            setHandOver('open');
          }}
        >
          Hand over
        </Button>
        {handOver !== 'never' && (
          <HandOver
            radius={radius}
            artifacts={artifacts}
            view={view}
            text={text}
            title={title}
            saved={saved}
            views={views}
            isOpen={handOver === 'open'}
            onClose={() => setHandOver('closed')}
          />
        )}
        <Button
          variant="default"
          title="Compare with another window, an earlier moment, or other actions."
          onClick={() => {
            focusResult('compare:before');
            change({ comparison: { ...NO_COMPARISON, isOpen: true } });
          }}
        >
          Compare
        </Button>
      </div>
      <Button
        data-result="what-if:open"
        onClick={() => {
          focusResult('what-if:actions');
          change({ actions: saved === null ? [] : stepsOf(saved.scenario) });
        }}
        title={whatIfTitle(saved)}
      >
        What if
      </Button>
      <Button
        className={classes.more}
        variant="default"
        aria-label="More actions"
        aria-expanded={isUnfolded}
        onClick={() => setUnfolded(!isUnfolded)}
      >
        <IconDots size={16} stroke={1.7} />
      </Button>
    </div>
  );
}

function whatIfTitle(saved: SavedIncidentFragment | null): string {
  const count = saved?.scenario.length ?? 0;
  return count === 0
    ? 'Try actions without writing anything.'
    : `Opens the ${countOf(count, 'action', 'actions')} saved with the incident.`;
}

/** Saves the current question as an incident, and opens saved incidents. */
function IncidentMenu(props: Omit<IncidentFormProps, 'onDone'>) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={340} shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" onClick={() => setOpen((open) => !open)}>
          Incident
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Incident">{isOpen && <IncidentForm {...props} onDone={() => setOpen(false)} />}</Popover.Dropdown>
    </Popover>
  );
}
