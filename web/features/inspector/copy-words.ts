import { formatDay } from '../../shared/format/instant.ts';
import { formatShare } from '../../shared/format/share.ts';
import type { CopyForm, DeletionState, InspectCopyFragment } from '../../shared/generated/operations.ts';

export const formWords: Readonly<Record<CopyForm, string>> = {
  PLAINTEXT: 'plain text',
  ENCRYPTED_KEY_AT_HOLDER: 'encrypted, key at the holder',
  ENCRYPTED_KEY_AT_OWNER: 'encrypted, key at the owner',
  VIEW_ONLY: 'view only',
};

export const deletionWords: Readonly<Record<DeletionState, string | null>> = {
  NONE: null,
  REQUESTED: 'deletion requested',
  ATTESTED: 'deletion attested, no evidence',
  VERIFIED: 'deletion verified',
};

/** A copy in one line: how it came, since when, what of it, in which form, and whether it is still there. */
export function copyDetail(copy: InspectCopyFragment): string {
  const { transfer, kind } = copy;
  const came =
    kind === 'TRANSFERRED' && transfer !== null
      ? `from ${transfer.sender.name}, ${transfer.sentAt === null ? 'date not known' : formatDay(transfer.sentAt)}`
      : kind === 'PRODUCED'
        ? 'made there'
        : kind === 'CUSTODY_GAP'
          ? 'no transfer says how it came'
          : "the owner's own";
  const parts = [
    came,
    copy.rank === null ? 'no chain from the owner' : copy.rank > 0 ? `rank ${copy.rank}` : null,
    copy.portion < 1 ? formatShare(copy.portion) : null,
    formWords[copy.form],
    deletionWords[copy.deletionState],
  ];
  return parts.filter((part) => part !== null).join(' · ');
}
