import { Button, Popover, TextInput } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { countOf, joinSome } from '../../../shared/format/count.ts';
import { DATE_TIME_ADVICE, DATE_TIME_PLACEHOLDER, formatTypedDate, parseTypedDate } from '../../../shared/format/typed-date.ts';
import type { SavedIncidentFragment } from '../../../shared/generated/operations.ts';
import { IncidentsDocument } from '../../../shared/generated/operations.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { FailedLine } from '../../../shared/lists/answer-frame.tsx';
import type { MoreRows } from '../../../shared/lists/use-more-rows.ts';
import { useAnnounce } from '../../../shared/ui/announcer.tsx';
import { focusResult } from '../../../shared/ui/focus-result.ts';
import { IconUpload } from '../../../shared/ui/icons.tsx';
import { lazyPart, preloadWhenIdle } from '../../../shared/ui/lazy-part.tsx';
import { Link } from '../../../shared/ui/link.tsx';
import type { BlastState } from '../../../shared/url/blast-radius-url.ts';
import { incidentHref } from '../../../shared/url/blast-radius-url.ts';
import { NO_COMPARISON } from '../../../shared/url/comparison-url.ts';
import { oneIncidentHref } from '../../../shared/url/incidents-url.ts';
import { inputOf } from '../../../shared/url/radius-options-url.ts';
import { canWrite } from '../../../shared/viewer/viewer.ts';
import { WatchThis } from '../../../shared/watches/watch-this.tsx';
import { watchRadius } from '../../../shared/watches/watchable.ts';
import type { ArtifactRow, RadiusAnswer } from '../lanes-radius.ts';
import type { BlastView, ChangeBlast } from '../use-blast-view.ts';
import incidentMenuClasses from './forms.module.css';
import type { OriginPicker } from './origins-form.tsx';
import type { SaveTarget } from './save-incident.ts';
import { saveIncident } from './save-incident.ts';
import { NO_OVERRIDES, stepsOf } from './saved-incident.ts';
import classes from './summary-band.module.css';

const HandOver = lazyPart(async () => (await import('../hand-over.tsx')).HandOver, { isDialog: true });
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
  useEffect(() => preloadWhenIdle([OptionsForm, HandOver]), []);
  return (
    <div className={classes.actions} data-screen-only>
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
        onClick={() => change({ comparison: { ...NO_COMPARISON, isOpen: true } })}
      >
        Compare
      </Button>
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
    </div>
  );
}

function whatIfTitle(saved: SavedIncidentFragment | null): string {
  const count = saved?.scenario.length ?? 0;
  return count === 0
    ? 'Try actions without writing anything.'
    : `Opens the ${countOf(count, 'action', 'actions')} saved with the incident.`;
}

interface IncidentMenuProps {
  readonly radius: RadiusAnswer;
  readonly state: BlastState;
  readonly change: ChangeBlast;
  readonly title: string;
}

/** Saves the current question as an incident, and opens saved incidents. */
function IncidentMenu(props: IncidentMenuProps) {
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

const NOTHING = {};

function IncidentForm({ radius, state, change, title, onDone }: IncidentMenuProps & { readonly onDone: () => void }) {
  const [name, setName] = useState(`${title} compromised`);
  const [discovered, setDiscovered] = useState(() => formatTypedDate(new Date().toISOString(), 'start'));
  const [problem, setProblem] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const announce = useAnnounce();
  const asked = useQuestion(IncidentsDocument, NOTHING);
  const saved = asked.data?.incidents.edges.map((edge) => edge.node) ?? [];
  const current = saved.find((incident) => incident.id === state.incident);

  const save = async (target: SaveTarget) => {
    setSaving(true);
    const outcome = await saveIncident(target, radius, state);
    setSaving(false);
    if (typeof outcome === 'string') {
      setProblem(outcome);
      return;
    }
    announce(`Saved the incident ${outcome.name}.`);
    change({ ...NO_OVERRIDES, incident: outcome.id });
    onDone();
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const discoveredAt = discovered.trim() === '' ? null : parseTypedDate(discovered, 'start');
    if (name.trim() === '') setProblem('Enter a name for the incident.');
    else if (discovered.trim() !== '' && discoveredAt === null) setProblem(`Discovered: ${DATE_TIME_ADVICE}`);
    else void save({ name: name.trim(), discoveredAt });
  };

  return (
    <form className={incidentMenuClasses.form} onSubmit={onSubmit}>
      {current !== undefined && (
        <Link href={oneIncidentHref(current.id)} onClick={onDone}>
          Notes, notices, plan and packs of this incident
        </Link>
      )}
      {canWrite() && (
        <>
          <h2>{current === undefined ? 'Save as an incident' : current.name}</h2>
          {current !== undefined && (
            <Button loading={isSaving} onClick={() => void save({ id: current.id, ifVersion: current.version })}>
              Save changes
            </Button>
          )}
          <TextInput
            label={current === undefined ? 'Name' : 'Save as a new incident'}
            value={name}
            maxLength={500}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label="Discovered, in UTC"
            description="Notice terms run from this instant. Empty: not known, and no term runs."
            placeholder={DATE_TIME_PLACEHOLDER}
            value={discovered}
            onChange={(event) => setDiscovered(event.currentTarget.value)}
          />
          {problem !== null && (
            <p className={incidentMenuClasses.problem} role="alert">
              {problem}
            </p>
          )}
          <div className={incidentMenuClasses.buttons}>
            <Button type="submit" variant={current === undefined ? 'filled' : 'default'} loading={isSaving}>
              Save
            </Button>
          </div>
        </>
      )}
      <FailedLine asked={asked} missing="The saved incidents are missing here." />
      {!canWrite() && asked.data !== null && saved.length === 0 && <p>No incident is saved.</p>}
      {saved.length > 0 && (
        <>
          <h3>Open a saved incident</h3>
          <ul className={incidentMenuClasses.list}>
            {saved.map((incident) => (
              <li key={incident.id}>
                <Link
                  href={incidentHref(incident.id)}
                  className={incidentMenuClasses.name}
                  onClick={onDone}
                  aria-current={incident === current || undefined}
                >
                  {incident.name}
                </Link>
                <span className={incidentMenuClasses.note}>
                  {joinSome(
                    incident.origins.map((origin) => origin.name),
                    2,
                  )}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </form>
  );
}
