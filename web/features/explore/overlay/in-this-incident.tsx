import { useMemo } from 'react';
import { formatCount, joinNames } from '../../../shared/format/count.ts';
import { formatMoney } from '../../../shared/format/money.ts';
import { capitalize } from '../../../shared/format/words.ts';
import { OverlayMustTellDocument, OverlayWithDocument } from '../../../shared/generated/operations.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { FailedLine } from '../../../shared/lists/answer-frame.tsx';
import type { Overlay } from '../../../shared/url/explore-url.ts';
import { idOf } from '../node-key.ts';
import type { CanvasSteps } from '../use-canvas-steps.ts';
import type { DrawnGraph } from '../use-drawn-graph.ts';
import classes from './in-this-incident.module.css';
import { Counts } from './overlay-banner.tsx';
import { compromiseToo, type OverlayAnswer } from './overlay-model.ts';

interface InThisIncidentProps {
  /** The node key of an organization. */
  readonly of: string;
  readonly steps: CanvasSteps;
  readonly drawn: DrawnGraph;
  readonly answer: OverlayAnswer;
}

/** The part of an organization in the radius over the graph, and what would be in reach if it were compromised too: before anything is changed. */
export function InThisIncident({ of, steps: { state, look }, drawn, answer }: InThisIncidentProps) {
  const { input, radius } = drawn.overlay;
  const mark = radius?.marks.get(of);
  const isOrigin = mark?.role === 'origin';
  const originKey = JSON.stringify(answer.origins.map(({ id }) => id));
  const variables = useMemo(
    () => (isOrigin || input === null ? null : { input: { ...input, origins: [...(JSON.parse(originKey) as string[]), idOf(of)] } }),
    [isOrigin, input, originKey, of],
  );
  const asked = useQuestion(OverlayWithDocument, variables);
  const too = asked.isStale ? null : (asked.data?.blastRadius?.summary ?? null);
  const incident = state.overlay?.incident ?? null;
  const told = useQuestion(
    OverlayMustTellDocument,
    useMemo(() => (incident === null ? null : { incident, notifier: idOf(of) }), [incident, of]),
  );
  const notices = told.data?.incident?.notices;
  return (
    <section className={classes.box} aria-label="In this incident">
      <h3>In this incident</h3>
      <dl>
        <dt>Part</dt>
        <dd>{mark === undefined ? 'Not in the radius' : capitalize(mark.part)}</dd>
        {mark?.passed != null && (
          <>
            <dt>Passed on</dt>
            <dd>
              {mark.passed === '0'
                ? 'Nothing in reach'
                : `${capitalize(mark.passed)} ${mark.passed === '1' ? 'artifact' : 'artifacts'} in reach`}
            </dd>
          </>
        )}
        {notices !== undefined && (
          <>
            <dt>Must tell</dt>
            <dd>
              {notices.totalCount === 0 ? 'Nobody' : joinNames(notices.edges.map(({ node }) => node.lab.name))}
              {notices.totalCount > notices.edges.length && ` and ${formatCount(notices.totalCount - notices.edges.length)} more`}
            </dd>
          </>
        )}
        {too !== null && (
          <>
            <dt>If compromised too</dt>
            <dd className={classes.figures}>
              <Counts summary={too} than={answer.summary} />
              <span>
                {too.worstCaseLossUsd !== answer.summary.worstCaseLossUsd && `${formatMoney(answer.summary.worstCaseLossUsd)} → `}
                {formatMoney(too.worstCaseLossUsd)}
              </span>
            </dd>
          </>
        )}
      </dl>
      <FailedLine asked={asked} missing="What its compromise would add is missing here." />
      <FailedLine asked={told} missing="Whom it must tell is missing here." />
      {!isOrigin && state.overlay !== null && (
        <button
          type="button"
          onClick={() => look({ overlay: compromiseToo(state.overlay as Overlay, answer, [idOf(of)]), nodes: drawn.openKeys })}
        >
          Mark as compromised too
        </button>
      )}
    </section>
  );
}
