import { formatDay } from '../../shared/format/instant.ts';
import { formatShare } from '../../shared/format/share.ts';
import { COPY_FORM_WORDS } from '../../shared/format/words.ts';
import type { DeletionState, InspectCopyFragment } from '../../shared/generated/operations.ts';
import { FactSource } from './source-line.tsx';

export const deletionWords: Readonly<Record<DeletionState, string | null>> = {
  NONE: null,
  REQUESTED: 'deletion requested',
  ATTESTED: 'deletion attested, no evidence',
  VERIFIED: 'deletion verified',
};

/** A copy in one line, and below it the source of the transfer that brought it. */
export function CopyDetail({ copy, of }: { readonly copy: InspectCopyFragment; readonly of: string }) {
  const { transfer } = copy;
  return (
    <>
      {inOneLine(copy)}
      {transfer !== null && (
        <>
          <br />
          <FactSource provenance={transfer.provenance} fact={{ kind: 'TRANSFER', id: transfer.id }} of={of} />
        </>
      )}
    </>
  );
}

/** Sender and date, rank, portion, form, deletion. */
function inOneLine(copy: InspectCopyFragment): string {
  const { transfer, kind } = copy;
  const came =
    kind === 'TRANSFERRED' && transfer !== null
      ? `from ${transfer.sender.name}, ${transfer.sentAt === null ? 'unknown date' : formatDay(transfer.sentAt)}`
      : kind === 'PRODUCED'
        ? 'produced here'
        : kind === 'CUSTODY_GAP'
          ? 'no recorded transfer'
          : "owner's copy";
  const parts = [
    came,
    copy.rank === null ? 'no custody chain' : copy.rank > 0 ? `rank ${copy.rank}` : null,
    copy.portion < 1 ? formatShare(copy.portion) : null,
    COPY_FORM_WORDS[copy.form],
    deletionWords[copy.deletionState],
  ];
  return parts.filter((part) => part !== null).join(' · ');
}
