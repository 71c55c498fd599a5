import { useMemo } from 'react';
import { formatCount } from '../../../../shared/format/count.ts';
import { formatMoney } from '../../../../shared/format/money.ts';
import { formatBounds, formatShare } from '../../../../shared/format/share.ts';
import { formatVolume } from '../../../../shared/format/volume.ts';
import { ARTIFACT_TYPE_WORDS, capitalize } from '../../../../shared/format/words.ts';
import { ArtifactWaysDocument } from '../../../../shared/generated/operations.ts';
import { errorSentence } from '../../../../shared/graphql/error-sentence.ts';
import { useQuestion } from '../../../../shared/graphql/use-question.ts';
import { HelpCard } from '../../../../shared/ui/help-card.tsx';
import type { HelpTerm } from '../../../../shared/ui/help-terms.ts';
import { Link } from '../../../../shared/ui/link.tsx';
import { SourceNote } from '../../../../shared/ui/source-note.tsx';
import type { BlastState } from '../../../../shared/url/blast-radius-url.ts';
import { exploreHref } from '../../../../shared/url/explore-url.ts';
import type { ArtifactRow, RadiusAnswer } from '../../lanes/lanes-radius.ts';
import { inputOf, windowInput } from '../../question-variables.ts';
import { jointSentence, usableWord } from '../../sentences.ts';
import { ListSkeleton } from '../../summary/skeletons.tsx';
import classes from './artifact-detail.module.css';
import { WayCard } from './way-card.tsx';

interface ArtifactDetailProps {
  readonly row: ArtifactRow;
  readonly radius: RadiusAnswer;
  readonly state: BlastState;
}

/** The reasons why an artifact is in the radius: its figures, then each way, strongest first, with file and line of every fact. */
export function ArtifactDetail({ row, radius, state }: ArtifactDetailProps) {
  const input = inputOf(state);
  const variables = useMemo(
    () =>
      input === null
        ? null
        : {
            input: { ...input, core: windowInput(radius.core), widest: windowInput(radius.widest) },
            id: row.artifact.id,
          },
    [input, radius, row],
  );
  const { question, data, retry } = useQuestion(ArtifactWaysDocument, variables);
  const detail = data?.blastRadius?.artifacts.edges[0]?.node;
  const reachedBy = useMemo(() => {
    const { edges, totalCount } = radius.reached;
    const loaded = new Map(edges.map(({ node }) => [node.organization.id, node]));
    return (id: string) => loaded.get(id) ?? (edges.length < totalCount ? null : undefined);
  }, [radius]);

  if (question.phase === 'failed') {
    return (
      <p className={classes.failed} role="alert">
        {errorSentence(question.error)}{' '}
        <button type="button" className={classes.link} onClick={retry}>
          Retry
        </button>
      </p>
    );
  }
  if (detail === undefined)
    return question.phase === 'answered' ? (
      <p className={classes.failed}>The data has changed. Close this row and open it again.</p>
    ) : (
      <ListSkeleton />
    );
  const joint = jointSentence(detail);
  const volume = formatVolume(detail.records, detail.bytes);
  return (
    <div className={classes.detail}>
      <p className={classes.what}>
        {capitalize(ARTIFACT_TYPE_WORDS[row.artifact.type])} of {row.artifact.owner.name}, sensitivity {row.artifact.sensitivity} of 5
      </p>
      <dl className={classes.figures}>
        <Figure term="portion" label="Portion" value={formatBounds(detail.portion)} />
        <Figure term="usable" label="Usable" value={usableWord(detail)} />
        <Figure term="weightedLoss" label="Weighted loss" value={formatMoney(detail.weightedLossUsd)} />
        <Figure term="likelihood" label="Chance" value={formatShare(detail.likelihood)} />
        {volume !== null && <Figure term="volume" label="Carried" value={volume} />}
      </dl>
      {joint !== null && <p className={classes.sentence}>{joint}</p>}
      {detail.ways.map((way) => (
        <WayCard key={`${way.copy.id} ${way.reveals.map((step) => step.reveals.id).join(' ')}`} way={way} reachedBy={reachedBy} />
      ))}
      {detail.wayCount > detail.ways.length && (
        <p className={classes.sentence}>
          {formatCount(detail.wayCount - detail.ways.length)} weaker {detail.wayCount - detail.ways.length === 1 ? 'way is' : 'ways are'}{' '}
          not shown.
        </p>
      )}
      <p className={classes.foot}>
        <Link href={exploreHref(`artifact:${row.artifact.id}`)}>Show in Explore</Link>
        <SourceNote provenance={detail.artifact.provenance} />
      </p>
    </div>
  );
}

function Figure({ term, label, value }: { readonly term: HelpTerm; readonly label: string; readonly value: string }) {
  return (
    <div>
      <dt>
        <HelpCard term={term}>{label}</HelpCard>
      </dt>
      <dd>{value}</dd>
    </div>
  );
}
