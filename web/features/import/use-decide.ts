import { useState } from 'react';
import {
  type AnswerDecision,
  DecideAnswerDocument,
  DecideEditionDocument,
  type DecideEditionInput,
  DecideMatchesDocument,
  type DecideMatchesInput,
  MapImportFileDocument,
  type MapImportFileInput,
  MapImportValuesDocument,
  type MapImportValuesInput,
} from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { errorSentence } from '../../shared/graphql/error-sentence.ts';

/** Decisions about a draft. Absent parts stay as they are. */
export interface Decisions {
  readonly files?: readonly MapImportFileInput[];
  readonly values?: MapImportValuesInput;
  readonly matches?: DecideMatchesInput;
  readonly edition?: DecideEditionInput;
  /** About every change of an organization's own answer. */
  readonly answer?: { readonly import: string; readonly decision: AnswerDecision };
}

/** Sends decisions to the draft, one part after the other, and stops at the first that the server refuses. */
export function useDecide(onChanged: () => void) {
  const [error, setError] = useState<string | null>(null);
  const [isSending, setSending] = useState(false);

  /** @returns whether the server accepted all decisions; true if there was none */
  const decide = async (prepare: () => Promise<Decisions>): Promise<boolean> => {
    setSending(true);
    setError(null);
    try {
      const refusal = await send(await prepare());
      setError(refusal);
      return refusal === null;
    } catch (caught) {
      setError(errorSentence(caught));
      return false;
    } finally {
      setSending(false);
      onChanged();
    }
  };
  return { decide, error, isSending };
}

/** Sends the decisions. Returns the first refusal, or null. */
async function send({ files = [], values, matches, edition, answer }: Decisions): Promise<string | null> {
  for (const input of files) {
    const { data } = await client.mutate({ mutation: MapImportFileDocument, variables: { input } });
    const problem = data?.mapImportFile.userErrors[0];
    if (problem !== undefined) return problem.message;
  }
  if (values !== undefined && values.values.length > 0) {
    const { data } = await client.mutate({ mutation: MapImportValuesDocument, variables: { input: values } });
    const problem = data?.mapImportValues.userErrors[0];
    if (problem !== undefined) return problem.message;
  }
  if (matches !== undefined && matches.decisions.length > 0) {
    const { data } = await client.mutate({ mutation: DecideMatchesDocument, variables: { input: matches } });
    const problem = data?.decideMatches.userErrors[0];
    if (problem !== undefined) return problem.message;
  }
  if (edition !== undefined) {
    const { data } = await client.mutate({ mutation: DecideEditionDocument, variables: { input: edition } });
    const problem = data?.decideEdition.userErrors[0];
    if (problem !== undefined) return problem.message;
  }
  if (answer !== undefined) {
    const { data } = await client.mutate({ mutation: DecideAnswerDocument, variables: { input: answer } });
    const problem = data?.decideAnswer.userErrors[0];
    if (problem !== undefined) return problem.message;
  }
  return null;
}
