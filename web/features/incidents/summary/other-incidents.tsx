import { useMemo } from 'react';
import { countOf, joinNames } from '../../../shared/format/count.ts';
import { OtherIncidentsDocument, SharedWithIncidentDocument } from '../../../shared/generated/operations.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { FailedLine } from '../../../shared/lists/answer-frame.tsx';
import { Link } from '../../../shared/ui/link.tsx';
import { oneIncidentHref } from '../../../shared/url/incidents-url.ts';
import classes from '../incidents.module.css';
import type { Named } from './name-chips.tsx';

interface OtherIncidentsProps {
  readonly incident: string;
  readonly origins: readonly Named[];
}

const NOTHING = {};

/** Other incidents that are not closed and touch the same origins or artifacts. Nothing if there are none. */
export function OtherIncidents({ incident, origins }: OtherIncidentsProps) {
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
    return summary === undefined ? 0 : summary.exposedCount + summary.possibleCount + summary.containedCount;
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
