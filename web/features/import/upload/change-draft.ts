import { DiscardImportDocument, RemoveImportFileDocument } from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { errorSentence } from '../../../shared/graphql/error-sentence.ts';

/** Discards a draft. @returns the refusal, or null */
export function discardDraft(id: string): Promise<string | null> {
  return refusalOf(async () => {
    const { data } = await client.mutate({ mutation: DiscardImportDocument, variables: { input: { id } } });
    return data?.discardImport.userErrors;
  });
}

/** Removes a file from a draft. @returns the refusal, or null */
export function removeDraftFile(id: string, file: string): Promise<string | null> {
  return refusalOf(async () => {
    const { data } = await client.mutate({ mutation: RemoveImportFileDocument, variables: { input: { import: id, file } } });
    return data?.removeImportFile.userErrors;
  });
}

async function refusalOf(change: () => Promise<readonly { readonly message: string }[] | undefined>): Promise<string | null> {
  try {
    return (await change())?.[0]?.message ?? null;
  } catch (error) {
    return errorSentence(error);
  }
}
