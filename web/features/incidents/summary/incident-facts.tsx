import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { countOf, joinNames } from '../../../shared/format/count.ts';
import { showHidden } from '../../../shared/format/hidden-characters.ts';
import { formatInstant, formatInstantUtc, formatWindow } from '../../../shared/format/instant.ts';
import { formatShare } from '../../../shared/format/share.ts';
import { countInReach } from '../../../shared/format/tier-counts.ts';
import type { IncidentWholeFragment, ScenarioActionFragment } from '../../../shared/generated/operations.ts';
import { OtherIncidentsDocument, SharedWithIncidentDocument } from '../../../shared/generated/operations.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { FailedLine } from '../../../shared/lists/answer-frame.tsx';
import { Link } from '../../../shared/ui/link.tsx';
import { incidentHref } from '../../../shared/url/blast-radius-url.ts';
import { exploreHref } from '../../../shared/url/explore-url.ts';
import { oneIncidentHref } from '../../../shared/url/incidents-url.ts';
import { CAUSE_WORDS, stepWords } from '../incident-words.ts';
import classes from '../incidents.module.css';
import type { Named } from './name-chips.tsx';

/** The assumptions of the incident: origins, windows, claimed scope, and the actions under consideration. */
export function IncidentFacts({ incident }: { readonly incident: IncidentWholeFragment }) {
  const { origins, suspectedOrigins, hasCore, discoveredAt, cause, core, widest, scope, scenario, maxHops } = incident;
  return (
    <section className={classes.card} aria-label="What the incident supposes">
      <dl className={classes.facts}>
        <Fact label="Origins">
          {origins.map(({ id, name }, place) => (
            <span key={id}>
              {place > 0 && ', '}
              <Link href={exploreHref(`organization:${id}`)}>{name}</Link>
            </span>
          ))}
        </Fact>
        {suspectedOrigins.length > 0 && (
          <Fact label="May have been compromised">
            {suspectedOrigins.map(({ organization, likelihood }, place) => (
              <span key={organization.id}>
                {place > 0 && ', '}
                <Link href={exploreHref(`organization:${organization.id}`)}>{organization.name}</Link> ({formatShare(likelihood)})
              </span>
            ))}
          </Fact>
        )}
        <Fact label="Discovered">{discoveredAt === null ? 'Not known; no notice term runs yet' : formatInstantUtc(discoveredAt)}</Fact>
        <Fact label="Cause">{CAUSE_WORDS[cause]}</Fact>
        <Fact label="Core window">
          {hasCore
            ? core === null
              ? widest === null
                ? 'None: what is held now'
                : 'As the widest window'
              : formatWindow(core)
            : 'None: no instant is certain'}
        </Fact>
        <Fact label="Widest window">
          {widest === null ? (core === null ? 'None: what is held now' : 'As the core window') : formatWindow(widest)}
        </Fact>
        <Fact label="Hops">up to {maxHops}</Fact>
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

interface OtherIncidentsProps {
  readonly incident: string;
  readonly origins: readonly Named[];
}

const NOTHING = {};

/** Other incidents that are not closed and touch the same origins or artifacts. Nothing if there are none. */
function OtherIncidents({ incident, origins }: OtherIncidentsProps) {
  const asked = useQuestion(OtherIncidentsDocument, NOTHING);
  const others = (asked.data?.incidents.edges ?? [])
    .map(({ node }) => node)
    .filter(({ id, state }) => id !== incident && state !== 'CLOSED');
  const missing = 'Other incidents that touch this one are missing here.';
  if (others.length === 0) return <FailedLine asked={asked} missing={missing} />;
  return (
    <ul className={classes.others} aria-label="Other open incidents">
      {others.map((other) => (
        <Other
          key={other.id}
          incident={incident}
          other={other}
          same={other.origins.filter(({ id }) => origins.some((origin) => origin.id === id)).map(({ name }) => name)}
        />
      ))}
    </ul>
  );
}

function Other({ incident, other, same }: { readonly incident: string; readonly other: Named; readonly same: readonly string[] }) {
  const asked = useQuestion(
    SharedWithIncidentDocument,
    useMemo(() => ({ incident, other: other.id }), [incident, other.id]),
  );
  const compared = asked.data?.compareRadius;
  const size = (side: 'before' | 'after') => {
    const summary = compared?.[side].summary;
    return summary === undefined ? 0 : countInReach(summary);
  };
  // Every artifact of either radius is listed once, so the rest of the two sizes are those in both.
  const shared = compared === undefined || compared === null ? 0 : size('before') + size('after') - compared.changes.totalCount;
  const touches = [
    ...(same.length === 0 ? [] : [`the same origin, ${joinNames(same)}`]),
    ...(shared === 0 ? [] : [countOf(shared, 'artifact of this radius', 'artifacts of this radius')]),
  ];
  if (asked.question.phase === 'failed' && compared === undefined)
    return (
      <li>
        <FailedLine asked={asked} missing={`It is not known what ${other.name} shares with this incident.`} />
      </li>
    );
  if (touches.length === 0) return null;
  return (
    <li>
      <Link href={oneIncidentHref(other.id)}>{other.name}</Link> is open too, and touches {joinNames(touches)}.
    </li>
  );
}
