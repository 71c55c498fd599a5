import { countOf } from '../../../../shared/format/count.ts';
import { formatInstantUtc, formatWindow } from '../../../../shared/format/instant.ts';
import { mainRole, ROLE_WORDS } from '../../../../shared/format/words.ts';
import type { SavedIncidentFragment } from '../../../../shared/generated/operations.ts';
import { HelpCard } from '../../../../shared/ui/help-card.tsx';
import type { BlastState } from '../../../../shared/url/blast-radius-url.ts';
import type { RadiusAnswer } from '../../lanes/lanes-radius.ts';
import classes from '../summary-band.module.css';

interface AskedQuestionProps {
  readonly radius: RadiusAnswer;
  readonly title: string;
  readonly state: BlastState;
  readonly saved: SavedIncidentFragment | null;
}

/** The question: its origins or its incident, and its windows. */
export function AskedQuestion({ radius, title, state, saved }: AskedQuestionProps) {
  return (
    <div className={classes.asked}>
      <div className={classes.titleLine}>
        <h1
          className={classes.title}
          title={title}
          tabIndex={-1}
          data-result={state.incident === null ? `organization:${state.origins[0] ?? ''}` : `incident:${state.incident}`}
        >
          {title}
        </h1>
        <span className={classes.pill} title={saved?.name}>
          {state.incident === null ? originPill(radius) : incidentPill(state.incident)}
        </span>
      </div>
      <p className={classes.windows}>
        {sameWindow(radius.core, radius.widest) ? (
          radius.core.from === radius.core.to ? (
            `As held on ${formatWindow(radius.core)} UTC`
          ) : (
            <>
              <HelpCard term="windows">Core and widest</HelpCard> {formatWindow(radius.core)} UTC
            </>
          )
        ) : (
          <>
            <HelpCard term="windows">Core</HelpCard> {formatWindow(radius.core)} UTC
            <br />
            <HelpCard term="windows">Widest</HelpCard> {formatWindow(radius.widest, yearOf(radius.core))}
          </>
        )}
        {' · up to '}
        <HelpCard term="hops">{countOf(radius.maxHops, 'hop', 'hops')}</HelpCard>
        {radius.knownAt !== null && ` · as known at ${formatInstantUtc(radius.knownAt)}`}
      </p>
    </div>
  );
}

function originPill(radius: RadiusAnswer): string {
  const [first, ...others] = radius.origins;
  if (first === undefined) return 'No origin';
  return others.length === 0 ? `Origin · ${ROLE_WORDS[mainRole(first.roles)]}` : `${radius.origins.length} origins`;
}

function incidentPill(id: string): string {
  return id.length <= 16 ? `Incident ${id}` : 'Saved incident';
}

/** The year in which both ends of a window lie; null if they lie in two. */
function yearOf({ from, to }: RadiusAnswer['core']): number | null {
  return from.slice(0, 4) === to.slice(0, 4) ? Number(from.slice(0, 4)) : null;
}

function sameWindow(a: RadiusAnswer['core'], b: RadiusAnswer['core']): boolean {
  return a.from === b.from && a.to === b.to;
}
