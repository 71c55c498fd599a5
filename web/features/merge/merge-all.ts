import { MergeOrganizationsDocument, UnmergeOrganizationsDocument } from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { errorSentence } from '../../shared/graphql/error-sentence.ts';

/**
 * Merges organizations into one, one after the other. If one is refused, or the signal is aborted between two, unmerges those before,
 * so that nothing changed. One merge takes milliseconds.
 *
 * @returns the refusal, or null
 */
export async function mergeAll(organizations: readonly string[], into: string, signal: AbortSignal): Promise<string | null> {
  const merged: string[] = [];
  for (const organization of organizations) {
    const refusal = await refusalOf(async () => {
      if (signal.aborted) return 'The merge was canceled.';
      const { data } = await client.mutate({ mutation: MergeOrganizationsDocument, variables: { input: { organization, into } } });
      return data?.mergeOrganizations.userErrors[0]?.message;
    });
    if (refusal !== null) {
      const left = await unmergeAll(merged);
      return left === null ? refusal : `${refusal} ${merged.length} of the merges before it stayed: ${left}`;
    }
    merged.push(organization);
  }
  return null;
}

/** Ends merges, one after the other, and stops at the first refusal. @returns the refusal, or null */
export async function unmergeAll(organizations: readonly string[]): Promise<string | null> {
  for (const organization of organizations) {
    const refusal = await refusalOf(async () => {
      const { data } = await client.mutate({ mutation: UnmergeOrganizationsDocument, variables: { input: { organization } } });
      return data?.unmergeOrganizations.userErrors[0]?.message;
    });
    if (refusal !== null) return refusal;
  }
  return null;
}

async function refusalOf(send: () => Promise<string | undefined>): Promise<string | null> {
  try {
    return (await send()) ?? null;
  } catch (error) {
    return errorSentence(error);
  }
}
