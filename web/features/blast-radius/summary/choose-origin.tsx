import { Button } from '@mantine/core';
import { joinSome } from '../../../shared/format/count.ts';
import { formatWindow } from '../../../shared/format/instant.ts';
import { BeginningDocument, type IncidentLineFragment, IncidentsDocument } from '../../../shared/generated/operations.ts';
import { errorSentence } from '../../../shared/graphql/error-sentence.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { FailedLine } from '../../../shared/lists/answer-frame.tsx';
import { focusResult } from '../../../shared/ui/focus-result.ts';
import { IconFileAlert } from '../../../shared/ui/icons.tsx';
import { Link } from '../../../shared/ui/link.tsx';
import { blastHref, incidentHref } from '../../../shared/url/blast-radius-url.ts';
import { navigate } from '../../../shared/url/location.ts';
import type { ChangeBlast } from '../use-blast-view.ts';
import classes from './choose-origin.module.css';
import type { OriginPicker } from './origins-form.tsx';

const NOTHING = {};

/** The start of the view: choose a compromised organization or open a saved incident. */
export function ChooseOrigin({ OriginPicker, change }: { readonly OriginPicker: OriginPicker; readonly change: ChangeBlast }) {
  const asked = useQuestion(IncidentsDocument, NOTHING);
  const beginning = useQuestion(BeginningDocument, NOTHING);
  const isEmpty = beginning.data?.counts.organizations === 0;
  const incidents = asked.data?.incidents.edges.map((edge) => edge.node) ?? [];
  return (
    <div className={classes.page}>
      <div className={classes.column}>
        <h1>Choose a compromised organization</h1>
        <p className={classes.lead}>
          Assume an attacker can read everything this organization can. The blast radius shows which labs’ artifacts are exposed, how
          certain that is, and how each copy got there.
        </p>
        {isEmpty && (
          <p className={classes.empty}>
            No organizations are recorded yet. <Link href="/import">Import a CSV file</Link> to begin.
          </p>
        )}
        <OriginPicker label="Compromised organization" autoFocus onPick={(id) => change({ origins: [id] })} />
        <FailedLine asked={asked} missing="The saved incidents are missing here." />
        <SavedIncidents title="Saved incidents" incidents={incidents} detailOf={incidentDetail} />
      </div>
    </div>
  );
}

interface SavedIncidentsProps {
  readonly title: string;
  readonly incidents: readonly IncidentLineFragment[];
  readonly detailOf: (incident: IncidentLineFragment) => string;
}

/** Incidents to open; nothing without one. */
export function SavedIncidents({ title, incidents, detailOf }: SavedIncidentsProps) {
  if (incidents.length === 0) return null;
  return (
    <section className={classes.incidents} aria-label="Saved incidents">
      <h2>{title}</h2>
      <ul>
        {incidents.map((incident) => (
          <li key={incident.id}>
            <Link href={incidentHref(incident.id)} className={classes.incident} onClick={() => focusResult(`incident:${incident.id}`)}>
              <IconFileAlert size={18} stroke={1.6} aria-hidden="true" />
              <span>
                <strong>{incident.name}</strong>
                <span className={classes.detail}>{detailOf(incident)}</span>
              </span>
              <span className={classes.state}>{incident.state.toLowerCase()}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function incidentDetail({ origins, suspectedOrigins, core }: IncidentLineFragment): string {
  const named = [...origins.map(({ name }) => name), ...suspectedOrigins.map(({ organization }) => `${organization.name} (suspected)`)];
  const names = named.length === 0 ? 'its organizations are no longer recorded' : joinSome(named, 3);
  return core === null ? names : `${names} · core ${formatWindow(core)} UTC`;
}

interface RadiusFailedProps {
  readonly error: unknown;
  readonly onRetry: () => void;
  /** Null if the address names no dates. */
  readonly onOtherDates: (() => void) | null;
  readonly OriginPicker: OriginPicker;
}

/** The page after the first request failed: the error, and the ways to continue. */
export function RadiusFailed({ error, onRetry, onOtherDates, OriginPicker }: RadiusFailedProps) {
  return (
    <div className={classes.page}>
      <div className={classes.column}>
        <h1>This blast radius cannot be shown</h1>
        <p className={classes.lead} role="alert">
          {errorSentence(error)}
        </p>
        <p className={classes.ways}>
          <Button onClick={onRetry}>Retry</Button>
          {onOtherDates !== null && (
            <Button variant="default" onClick={onOtherDates}>
              Enter other dates
            </Button>
          )}
        </p>
        <OriginPicker label="Choose another organization" onPick={(id) => navigate(blastHref([id]))} />
        <p className={classes.lead}>
          Or <Link href="/blast">open a saved incident</Link>.
        </p>
      </div>
    </div>
  );
}
