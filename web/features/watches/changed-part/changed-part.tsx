import { Fragment, useMemo, useState } from 'react';
import { LanesCanvas } from '../../../canvas/lanes/lanes-canvas.tsx';
import type { NodeKey } from '../../../canvas/lanes/lanes-props.ts';
import { authorOf } from '../../../shared/format/author.ts';
import { countOf, joinSome } from '../../../shared/format/count.ts';
import { showHidden } from '../../../shared/format/hidden-characters.ts';
import { ChangedPartDocument, type ChangedPartQuery } from '../../../shared/generated/operations.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { FailedLine } from '../../../shared/lists/answer-frame.tsx';
import { Link } from '../../../shared/ui/link.tsx';
import { readState } from '../../../shared/url/address-table.ts';
import { parseBlastState } from '../../../shared/url/blast-radius-url.ts';
import { COMPARISON } from '../../../shared/url/comparison-url.ts';
import { exploreHref } from '../../../shared/url/explore-url.ts';
import { navigate } from '../../../shared/url/location.ts';
import { inputOf } from '../../../shared/url/radius-options-url.ts';
import frame from '../watches.module.css';
import classes from './changed-part.module.css';
import { changedLanes } from './changed-radius.ts';

const noGroups: readonly string[] = [];
/** No picture of so few rows has groups. */
const openNoGroup = () => {};

interface ChangedPartProps {
  /** The address of *Compare* at both ends of the event. */
  readonly url: string;
  /** The changed artifacts to draw: 12 at most. */
  readonly ids: readonly string[];
  readonly heading: string;
  readonly title: string;
  /** Says that there are more; null: all are drawn. */
  readonly note: string | null;
}

/** The part of a radius that changed: the artifacts, who holds them, and the ways to these. What left is a dashed ring. */
export function ChangedPart({ url, ids, heading, title, note }: ChangedPartProps) {
  const variables = useMemo(() => endsOf(url, ids), [url, ids]);
  const asked = useQuestion(ChangedPartDocument, variables);
  const answer = asked.data?.compareRadius ?? null;
  const lanes = useMemo(() => (answer === null ? null : changedLanes(answer.before, answer.after)), [answer]);
  const [selection, select] = useState<NodeKey | null>(null);
  if (lanes?.radius.artifacts.length === 0) return null;
  return (
    <section className={frame.changes} aria-labelledby="changed-part">
      <h2 id="changed-part">
        {heading} {note !== null && <span>{note}</span>}
      </h2>
      <FailedLine asked={asked} missing="The picture of what changed is missing." />
      {answer !== null && <Cause facts={answer.factChanges} />}
      {lanes !== null && (
        <div className={classes.picture}>
          <LanesCanvas
            radius={lanes.radius}
            after={lanes.after}
            isCompact
            selection={selection}
            onSelect={select}
            onInspect={(key) => navigate(exploreHref(key))}
            openGroups={noGroups}
            onOpenGroup={openNoGroup}
            label={`${heading}: ${title}`}
            isStale={asked.isStale}
          />
        </div>
      )}
    </section>
  );
}

type ChangedFacts = NonNullable<ChangedPartQuery['compareRadius']>['factChanges'];

/** The number of the facts behind the change, who stated them, and in which imports. Nothing where a window or an incident changed alone. */
function Cause({ facts: { totalCount, edges } }: { readonly facts: ChangedFacts }) {
  if (totalCount === 0) return null;
  const changes = edges.map(({ node }) => node);
  // Authors and imports are those of all the facts, or of none.
  const isWhole = changes.length === totalCount;
  const authors = isWhole ? [...new Set(changes.flatMap(({ by }) => (by === null ? [] : authorOf(by))))] : [];
  const imports = isWhole ? [...new Map(changes.flatMap(({ import: of }) => (of === null ? [] : [[of.id, of] as const]))).values()] : [];
  return (
    <p className={classes.cause}>
      Because of {countOf(totalCount, 'changed fact', 'changed facts')}
      {authors.length > 0 && ` by ${joinSome(authors, 2)}`}
      {imports.map(({ id, name, source }, i) => (
        <Fragment key={id}>
          {i === 0 ? ', imported as ' : ', '}
          <Link href={`/import/${encodeURIComponent(id)}`}>{showHidden(name ?? source ?? id)}</Link>
        </Fragment>
      ))}
      .
    </p>
  );
}

/** The questions of both ends, as *Compare* asks them. */
function endsOf(url: string, ids: readonly string[]) {
  const params = new URL(url, window.location.href).searchParams;
  const is = inputOf(parseBlastState(params));
  if (is === null) return null;
  const { knownAt } = readState(COMPARISON, params);
  return { was: { ...is, ...(knownAt === null ? {} : { knownAt }) }, is, ids: [...ids] };
}
