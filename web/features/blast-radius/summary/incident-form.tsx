import { Refused } from '../../../shared/changes/ask-change.ts';
import { ChangeForm } from '../../../shared/changes/change-form.tsx';
import { joinSome } from '../../../shared/format/count.ts';
import { formatTypedDate } from '../../../shared/format/typed-date.ts';
import { IncidentsDocument } from '../../../shared/generated/operations.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { FailedLine } from '../../../shared/lists/answer-frame.tsx';
import { useAnnounce } from '../../../shared/ui/announcer.tsx';
import { Link } from '../../../shared/ui/link.tsx';
import type { BlastState } from '../../../shared/url/blast-radius-url.ts';
import { incidentHref } from '../../../shared/url/blast-radius-url.ts';
import { oneIncidentHref } from '../../../shared/url/incidents-url.ts';
import { canWrite } from '../../../shared/viewer/viewer.ts';
import type { RadiusAnswer } from '../lanes-radius.ts';
import type { ChangeBlast } from '../use-blast-view.ts';
import classes from './forms.module.css';
import type { SaveTarget } from './save-incident.ts';
import { saveIncident } from './save-incident.ts';
import { NO_OVERRIDES } from './saved-incident.ts';

export interface IncidentFormProps {
  readonly radius: RadiusAnswer;
  readonly state: BlastState;
  readonly change: ChangeBlast;
  readonly title: string;
  readonly onDone: () => void;
}

const nothing = {};

/** Saves the question as an incident, and lists the saved ones. */
export function IncidentForm({ radius, state, change, title, onDone }: IncidentFormProps) {
  const announce = useAnnounce();
  const asked = useQuestion(IncidentsDocument, nothing);
  const saved = asked.data?.incidents.edges.map((edge) => edge.node) ?? [];
  const current = saved.find((incident) => incident.id === state.incident);

  const save = async (target: SaveTarget) => {
    const outcome = await saveIncident(target, radius, state);
    if (outcome instanceof Refused) return outcome;
    announce(`Saved the incident ${outcome.name}.`);
    change({ ...NO_OVERRIDES, incident: outcome.id });
    onDone();
  };
  return (
    <div className={classes.form}>
      {current !== undefined && (
        <Link href={oneIncidentHref(current.id)} onClick={onDone}>
          Notes, notices, plan and packs of this incident
        </Link>
      )}
      {canWrite() && (
        <>
          <h2>{current === undefined ? 'Save as an incident' : current.name}</h2>
          {current !== undefined && (
            <ChangeForm
              fields={[]}
              start={nothing}
              submit="Save changes"
              save={() => save({ id: current.id, ifVersion: current.version })}
            />
          )}
          <ChangeForm
            fields={[
              {
                name: 'name',
                label: current === undefined ? 'Name' : 'Save as a new incident',
                maxLength: 500,
                needed: 'Enter a name for the incident.',
              },
              {
                name: 'discovered',
                label: 'Discovered, in UTC',
                note: 'Notice terms run from this instant. Empty: not known, and no term runs.',
                edge: 'start',
              },
            ]}
            start={{ name: `${title} compromised`, discovered: formatTypedDate(new Date().toISOString(), 'start') }}
            isMinor={current !== undefined}
            submit="Save"
            save={({ name, discovered }) => save({ name, discoveredAt: discovered || null })}
          />
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
    </div>
  );
}
