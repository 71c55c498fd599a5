import { formatInstant, formatLastDay } from '../../../../shared/format/instant.ts';
import { formatShare } from '../../../../shared/format/share.ts';
import { mainRole } from '../../../../shared/format/words.ts';
import type { OrganizationRole } from '../../../../shared/generated/operations.ts';
import { HelpCard } from '../../../../shared/ui/help-card.tsx';
import { ROLE_ICONS } from '../../../../shared/ui/kind-icon.tsx';
import { SourceNote } from '../../../../shared/ui/source-note.tsx';
import { TierDisc } from '../../../../shared/ui/tier-disc.tsx';
import type { ReachedRow } from '../../lanes/lanes-radius.ts';
import { NOTIFIER, piecesOf, stationWord, type Way, wayTitle } from '../../sentences.ts';
import classes from './artifact-detail.module.css';

interface WayCardProps {
  readonly way: Way;
  /** Undefined if an organization is not reached; null if that is unknown. */
  readonly reachedBy: (id: string) => ReachedRow | null | undefined;
}

/** One way into the radius: the revealing artifact if any, the custody chain of the copy with the source of each step, and the reason. */
export function WayCard({ way, reachedBy }: WayCardProps) {
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
          {way.holder.organization.name} says it deleted this copy on {formatLastDay(way.copy.transfer.deletedAt)}. There is no evidence, so
          it stays possible.
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
  const Shape = ROLE_ICONS[mainRole(roles)];
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
