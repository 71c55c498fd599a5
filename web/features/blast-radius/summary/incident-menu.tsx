import { Button, Popover, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { joinSome } from '../../../shared/format/count.ts';
import { IncidentsDocument } from '../../../shared/generated/operations.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { FailedLine } from '../../../shared/lists/answer-frame.tsx';
import { useAnnounce } from '../../../shared/ui/announcer.tsx';
import { Link } from '../../../shared/ui/link.tsx';
import { type BlastState, incidentHref } from '../../../shared/url/blast-radius-url.ts';
import { oneIncidentHref } from '../../../shared/url/incidents-url.ts';
import { canWrite } from '../../../shared/viewer/viewer.ts';
import type { RadiusAnswer } from '../lanes/lanes-radius.ts';
import type { ChangeBlast } from '../use-blast-view.ts';
import classes from './forms.module.css';
import { type SaveTarget, saveIncident } from './save-incident.ts';
import { NO_OVERRIDES } from './saved-incident.ts';

interface IncidentMenuProps {
  readonly radius: RadiusAnswer;
  readonly state: BlastState;
  readonly change: ChangeBlast;
  readonly title: string;
}

/** Saves the current question as an incident, and opens saved incidents. */
export function IncidentMenu(props: IncidentMenuProps) {
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
    if (name.trim() === '') setProblem('Enter a name for the incident.');
    else void save({ name: name.trim() });
  };

  return (
    <form className={classes.form} onSubmit={onSubmit}>
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
          {problem !== null && (
            <p className={classes.problem} role="alert">
              {problem}
            </p>
          )}
          <div className={classes.buttons}>
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
          <ul className={classes.list}>
            {saved.map((incident) => (
              <li key={incident.id}>
                <Link
                  href={incidentHref(incident.id)}
                  className={classes.name}
                  onClick={onDone}
                  aria-current={incident === current || undefined}
                >
                  {incident.name}
                </Link>
                <span className={classes.note}>
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
