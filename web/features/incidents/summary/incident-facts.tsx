import type { ReactNode } from 'react';
import { showHidden } from '../../../shared/format/hidden-characters.ts';
import { formatInstant, formatInstantUtc, formatWindow } from '../../../shared/format/instant.ts';
import type { IncidentWholeFragment, ScenarioActionFragment } from '../../../shared/generated/operations.ts';
import { Link } from '../../../shared/ui/link.tsx';
import { incidentHref } from '../../../shared/url/blast-radius-url.ts';
import { exploreHref } from '../../../shared/url/explore-url.ts';
import { CAUSE_WORDS, STATE_WORDS, stepWords } from '../incident-words.ts';
import classes from '../incidents.module.css';
import { OtherIncidents } from './other-incidents.tsx';

/** The assumptions of the incident: state, origins, windows, claimed scope, and the actions under consideration. */
export function IncidentFacts({ incident }: { readonly incident: IncidentWholeFragment }) {
  const { state, origins, discoveredAt, cause, core, widest, scope, scenario, maxHops } = incident;
  return (
    <section className={classes.card} aria-label="What the incident supposes">
      <dl className={classes.facts}>
        <Fact label="State">
          <span className={classes.state} data-state={state}>
            {STATE_WORDS[state]}
          </span>
        </Fact>
        <Fact label="Origins">
          {origins.map(({ id, name }, place) => (
            <span key={id}>
              {place > 0 && ', '}
              <Link href={exploreHref(`organization:${id}`)}>{name}</Link>
            </span>
          ))}
        </Fact>
        <Fact label="Discovered">{discoveredAt === null ? 'Not known; no notice term runs yet' : formatInstantUtc(discoveredAt)}</Fact>
        <Fact label="Cause">{CAUSE_WORDS[cause]}</Fact>
        <Fact label="Core window">
          {core === null ? (widest === null ? 'None: what is held now' : 'As the widest window') : formatWindow(core)}
        </Fact>
        <Fact label="Widest window">
          {widest === null ? (core === null ? 'None: what is held now' : 'As the core window') : formatWindow(widest)}
        </Fact>
        <Fact label="Access links">up to {maxHops}</Fact>
        <Fact label="Claimed scope">
          {scope.length === 0
            ? 'None: everything that an origin holds counts'
            : scope.map((one) => <ScopeLine key={one.origin.id} scope={one} />)}
        </Fact>
        <Fact label="Under consideration">
          {scenario.length === 0 ? (
            <>
              No action. <Link href={incidentHref(incident.id)}>Try some on the blast radius</Link>
            </>
          ) : (
            <ScenarioLines actions={scenario} incident={incident.id} />
          )}
        </Fact>
      </dl>
      <OtherIncidents incident={incident.id} origins={origins} />
    </section>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function ScopeLine({ scope }: { readonly scope: IncidentWholeFragment['scope'][number] }) {
  const named = [
    ...scope.artifacts.map(({ name }) => name),
    ...scope.engagements.map(({ id, service }) => (service === null ? showHidden(id) : `${service} (${showHidden(id)})`)),
    ...scope.channels.map((channel) => `channel ${showHidden(channel)}`),
  ];
  return (
    <p>
      At {scope.origin.name}, only {named.length === 0 ? 'what is named here: nothing' : named.join(', ')}.
    </p>
  );
}

function ScenarioLines({ actions, incident }: { readonly actions: readonly ScenarioActionFragment[]; readonly incident: string }) {
  return (
    <>
      <ul className={classes.plain}>
        {actions.map((action, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the actions have one order, and one may be there twice.
          <li key={place}>
            {wordsOf(action)}, {formatInstant(action.at)}
          </li>
        ))}
      </ul>
      <Link href={incidentHref(incident)}>Show the effect</Link>
    </>
  );
}

function wordsOf(action: ScenarioActionFragment): string {
  const organization = action.organization && { ...action.organization, contactEmail: null };
  const access = action.access && { ...action.access, grantor: { ...action.access.grantor, contactEmail: null } };
  return stepWords({ action: { ...action, organization, access }, ask: null }).text;
}
