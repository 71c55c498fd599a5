import { DiscardImportDocument } from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { errorSentence } from '../../../shared/graphql/error-sentence.ts';

/** Discards a draft. @returns the refusal, or null */
export async function discardDraft(id: string): Promise<string | null> {
  try {
    const { data } = await client.mutate({ mutation: DiscardImportDocument, variables: { input: { id } } });
    return data?.discardImport.userErrors[0]?.message ?? null;
  } catch (error) {
    return errorSentence(error);
  }
}
