import { useState } from 'react';
import { Refused, sendChange } from '../../shared/changes/ask-change.ts';
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
  const parts = [
    ...files.map((input) => () => sendChange(MapImportFileDocument, { input }, (data) => data.mapImportFile)),
    values !== undefined &&
      values.values.length > 0 &&
      (() => sendChange(MapImportValuesDocument, { input: values }, (data) => data.mapImportValues)),
    matches !== undefined &&
      matches.decisions.length > 0 &&
      (() => sendChange(DecideMatchesDocument, { input: matches }, (data) => data.decideMatches)),
    edition !== undefined && (() => sendChange(DecideEditionDocument, { input: edition }, (data) => data.decideEdition)),
    answer !== undefined && (() => sendChange(DecideAnswerDocument, { input: answer }, (data) => data.decideAnswer)),
  ];
  for (const part of parts) {
    const sent = part === false ? null : await part();
    if (sent instanceof Refused) return sent.sentence;
  }
  return null;
}
