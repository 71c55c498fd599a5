import { useMemo } from 'react';
import { countOf, joinNames } from '../../../shared/format/count.ts';
import { OtherIncidentsDocument, SharedWithIncidentDocument } from '../../../shared/generated/operations.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
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
  const { data } = useQuestion(OtherIncidentsDocument, NOTHING);
  const others = (data?.incidents.edges ?? []).map(({ node }) => node).filter(({ id, state }) => id !== incident && state !== 'CLOSED');
  if (others.length === 0) return null;
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
  const { data } = useQuestion(
    SharedWithIncidentDocument,
    useMemo(() => ({ incident, other: other.id }), [incident, other.id]),
  );
  const compared = data?.compareRadius;
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
  if (touches.length === 0) return null;
  return (
    <li>
      <Link href={oneIncidentHref(other.id)}>{other.name}</Link> is open too, and touches {joinNames(touches)}.
    </li>
  );
}
