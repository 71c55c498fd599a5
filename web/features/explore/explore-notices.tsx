import { countOf } from '../../shared/format/count.ts';
import { errorSentence } from '../../shared/graphql/error-sentence.ts';
import classes from './explore-view.module.css';
import { type ExploreGraph, mostNodes } from './use-explore-graph.ts';

export function unknownSentence(count: number): string {
  return `This link names ${countOf(count, 'record that no longer exists', 'records that no longer exist')}. The rest is shown.`;
}

interface ExploreNoticesProps {
  readonly graph: ExploreGraph;
  /** The number of nodes that the address names. */
  readonly opened: number;
  readonly problem: string | null;
  readonly onDismiss: () => void;
}

/** Notices over the canvas: a failure, a limit, records that are gone, or a problem with the last act. */
export function ExploreNotices({ graph, opened, problem, onDismiss }: ExploreNoticesProps) {
  return (
    <div className={classes.notices}>
      {graph.phase === 'failed' && (
        <div className={classes.notice} role="alert">
          {errorSentence(graph.error)}
          <button type="button" onClick={graph.retry}>
            Retry
          </button>
        </div>
      )}
      {opened > mostNodes && (
        <div className={classes.notice}>
          Showing {mostNodes} of {opened} nodes. Hide nodes that you do not need, or open fewer.
        </div>
      )}
      {graph.unknown.length > 0 && <div className={classes.notice}>{unknownSentence(graph.unknown.length)}</div>}
      {problem !== null && (
        <div className={classes.notice} role="alert">
          {problem}
          <button type="button" onClick={onDismiss}>
            Close
          </button>
        </div>
      )}
    </div>
  );
}
