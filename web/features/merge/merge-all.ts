import { Refused, sendChange } from '../../shared/changes/ask-change.ts';
import { MergeOrganizationsDocument, UnmergeOrganizationsDocument } from '../../shared/generated/operations.ts';

/**
 * Merges organizations into one, one after the other. If one is refused, or the signal is aborted between two, unmerges those before,
 * so that nothing changed. One merge takes milliseconds.
 *
 * @returns the refusal, or null
 */
export async function mergeAll(organizations: readonly string[], into: string, signal: AbortSignal): Promise<string | null> {
  const merged: string[] = [];
  for (const organization of organizations) {
    const sent = signal.aborted
      ? new Refused({ message: 'The merge was canceled.' })
      : await sendChange(MergeOrganizationsDocument, { input: { organization, into } }, (data) => data.mergeOrganizations);
    if (sent instanceof Refused) {
      const left = await unmergeAll(merged);
      return left === null ? sent.sentence : `${sent.sentence} ${merged.length} of the merges before it stayed: ${left}`;
    }
    merged.push(organization);
  }
  return null;
}

/** Ends merges, one after the other, and stops at the first refusal. @returns the refusal, or null */
export async function unmergeAll(organizations: readonly string[]): Promise<string | null> {
  for (const organization of organizations) {
    const sent = await sendChange(UnmergeOrganizationsDocument, { input: { organization } }, (data) => data.unmergeOrganizations);
    if (sent instanceof Refused) return sent.sentence;
  }
  return null;
}
