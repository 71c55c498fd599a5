import { CloseButton } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import { formatCount } from '../../../shared/format/count.ts';
import { formatInstant, formatLastDay } from '../../../shared/format/instant.ts';
import { formatMoney } from '../../../shared/format/money.ts';
import { formatBounds, formatShare } from '../../../shared/format/share.ts';
import { formatVolume } from '../../../shared/format/volume.ts';
import { ARTIFACT_TYPE_WORDS, capitalize, mainRole } from '../../../shared/format/words.ts';
import type { OrganizationRole } from '../../../shared/generated/operations.ts';
import { ArtifactWaysDocument } from '../../../shared/generated/operations.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { HelpCard } from '../../../shared/help/help-card.tsx';
import type { HelpTerm } from '../../../shared/help/help-terms.ts';
import { FailedLine } from '../../../shared/lists/answer-frame.tsx';
import { KIND_ICONS } from '../../../shared/marks/kind-icon.tsx';
import { TierDisc } from '../../../shared/marks/tier-disc.tsx';
import { SourceNote } from '../../../shared/ui/source-note.tsx';
import type { BlastState } from '../../../shared/url/blast-radius-url.ts';
import { inputOf } from '../../../shared/url/radius-options-url.ts';
import { ExploreLink } from '../explore-link.tsx';
import type { DetailRow, RadiusAnswer, ReachedRow } from '../lanes-radius.ts';
import { windowInput } from '../question-variables.ts';
import type { Way } from '../sentences.ts';
import { jointSentence, NOTIFIER, piecesOf, stationWord, usableWord, wayTitle } from '../sentences.ts';
import { ListSkeleton } from '../summary/skeletons.tsx';
import type { ChangeBlast } from '../use-blast-view.ts';
import classes from './artifact-detail.module.css';

interface ArtifactDetailProps {
  readonly id: string;
  readonly radius: RadiusAnswer;
  readonly state: BlastState;
  /** No row above it names the artifact. */
  readonly isNamed?: boolean;
  /** Told the artifact once it is known, and null once it is no longer shown. */
  readonly onDetail?: ((detail: DetailRow | null) => void) | undefined;
}

/** The reasons of a selected artifact that no row of the list shows: the list is loaded in part, or a filter leaves the artifact out. */
export function SelectedArtifact({
  radius,
  state,
  change,
  onDetail,
}: Omit<ArtifactDetailProps, 'id' | 'isNamed'> & { readonly change: ChangeBlast }) {
  const id = (state.selection as string).slice('artifact:'.length);
  return (
    <section className={classes.selected} aria-label="Selected artifact">
      <CloseButton size="sm" aria-label="Close" onClick={() => change({ selection: null })} />
      <ArtifactDetail id={id} radius={radius} state={state} onDetail={onDetail} isNamed />
    </section>
  );
}

/** The reasons why an artifact is in the radius: its figures, then each way, strongest first, with file and line of every fact. */
export function ArtifactDetail({ id, radius, state, isNamed = false, onDetail }: ArtifactDetailProps) {
  const input = inputOf(state);
  const variables = useMemo(
    () =>
      input === null
        ? null
        : {
            input: { ...input, core: windowInput(radius.core), widest: windowInput(radius.widest) },
            id,
          },
    [input, radius, id],
  );
  const asked = useQuestion(ArtifactWaysDocument, variables);
  const detail = asked.data?.blastRadius?.artifacts.edges[0]?.node;
  useEffect(() => {
    onDetail?.(detail ?? null);
    return () => onDetail?.(null);
  }, [detail, onDetail]);
  const reachedBy = useMemo(() => {
    const { edges, totalCount } = radius.reached;
    const loaded = new Map(edges.map(({ node }) => [node.organization.id, node]));
    return (id: string) => loaded.get(id) ?? (edges.length < totalCount ? null : undefined);
  }, [radius]);

  if (asked.question.phase === 'failed') return <FailedLine asked={{ ...asked, data: null }} />;
  if (detail === undefined)
    return asked.question.phase === 'answered' ? (
      <p className={classes.failed}>
        {isNamed ? `The artifact “${id}” is not in this radius.` : 'The data has changed. Close this row and open it again.'}
      </p>
    ) : (
      <ListSkeleton />
    );
  const joint = jointSentence(detail);
  const volume = formatVolume(detail.records, detail.bytes);
  const { name, type, owner, sensitivity } = detail.artifact;
  return (
    <div className={classes.detail}>
      {isNamed && (
        <p className={classes.named}>
          <TierDisc tier={detail.tier} size={12} />
          <strong>{name}</strong>
        </p>
      )}
      <p className={classes.what}>
        {capitalize(ARTIFACT_TYPE_WORDS[type])} of {owner.name}, sensitivity {sensitivity} of 5
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
        <ExploreLink node={`artifact:${id}`}>Show in Explore</ExploreLink>
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

interface WayCardProps {
  readonly way: Way;
  /** Undefined if an organization is not reached; null if that is unknown. */
  readonly reachedBy: (id: string) => ReachedRow | null | undefined;
}

/** One way into the radius: the revealing artifact if any, the custody chain of the copy with the source of each step, and the reason. */
function WayCard({ way, reachedBy }: WayCardProps) {
  const { chain, artifact } = way.copy;
  const first = chain[0];
  const pieces = piecesOf(way);
  return (
    <div className={classes.card}>
      <div className={classes.cardHead}>
        <TierDisc tier={way.tier} size={12} />
        <strong>{wayTitle(way)}</strong>
        <span className={classes.cardDetail}>
          {way.copy.rank !== null && <HelpCard term="rank">rank {way.copy.rank}</HelpCard>}
          {way.copy.rank !== null && pieces !== '' && ' · '}
          {pieces}
        </span>
      </div>
      {way.reveals.map((step) => (
        <p key={step.reveals.id} className={classes.reveal}>
          <span>
            {step.artifact.name} <HelpCard term="reveals">reveals</HelpCard> {formatShare(step.degree)} of {step.reveals.name}
            {step.basis !== null && `: ${step.basis}`}
          </span>
          <SourceNote provenance={step.provenance} />
        </p>
      ))}
      <ol className={classes.chain}>
        <Station name={artifact.owner.name} roles={artifact.owner.roles} word="owner" />
        {first !== undefined && first.sender.id !== artifact.owner.id && (
          <li className={classes.step}>
            <span>earlier steps are not shown</span>
          </li>
        )}
        {chain.map((transfer) => (
          <Step key={transfer.id} transfer={transfer} word={wordOf(transfer, way, reachedBy)} />
        ))}
      </ol>
      <p className={classes.because}>{way.because}</p>
      {way.copy.transfer !== null && way.copy.deletionState === 'ATTESTED' && way.copy.transfer.deletedAt !== null && (
        <p className={classes.because}>
          {way.holder.organization.name} says it deleted this copy on {formatLastDay(way.copy.transfer.deletedAt)}. There is no evidence of
          it.
        </p>
      )}
    </div>
  );
}

/** The way names its own holder, so that its word does not depend on the loaded organizations. */
function wordOf({ recipient }: Transfer, { holder }: Way, reachedBy: WayCardProps['reachedBy']): string {
  return stationWord(recipient.id === holder.organization.id ? holder : reachedBy(recipient.id));
}

type Transfer = Way['copy']['chain'][number];

function Step({ transfer, word }: { readonly transfer: Transfer; readonly word: string }) {
  return (
    <>
      <li className={classes.step}>
        <span>
          {transfer.sentAt === null ? 'sent on an unknown date' : `sent ${formatInstant(transfer.sentAt)}`}
          {transfer.engagement !== null && ` · ${transfer.engagement.service ?? transfer.engagement.id}`}
        </span>
        <SourceNote provenance={transfer.provenance} />
      </li>
      <Station name={transfer.recipient.name} roles={transfer.recipient.roles} word={word} />
    </>
  );
}

function Station({ name, roles, word }: { readonly name: string; readonly roles: readonly OrganizationRole[]; readonly word: string }) {
  const Shape = KIND_ICONS[mainRole(roles)];
  return (
    <li className={classes.station}>
      <span className={classes.mark} data-role={mainRole(roles)}>
        <Shape size={13} stroke={1.8} aria-hidden="true" />
      </span>
      <strong>{name}</strong>{' '}
      <span className={classes.word}>
        {word.startsWith(NOTIFIER) ? (
          <>
            <HelpCard term="notifier">{NOTIFIER}</HelpCard>
            {word.slice(NOTIFIER.length)}
          </>
        ) : (
          word
        )}
      </span>
    </li>
  );
}
