import { useEffect, useRef, useState } from 'react';
import { Refused, sendChange } from '../../shared/changes/ask-change.ts';
import type {
  AnswerDecision,
  DecideEditionInput,
  DecideMatchesInput,
  ImportDetailQuery,
  MapImportFileInput,
  MapImportValuesInput,
} from '../../shared/generated/operations.ts';
import {
  DecideAnswerDocument,
  DecideEditionDocument,
  DecideMatchesDocument,
  ImportDetailDocument,
  MapImportFileDocument,
  MapImportValuesDocument,
} from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { errorSentence } from '../../shared/graphql/error-sentence.ts';
import { factsChanged } from '../../shared/graphql/facts-epoch.ts';
import { useTabReturn } from '../../shared/graphql/tab-returns.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import { outcomeOf } from './sentences.ts';

export type ImportDetail = NonNullable<ImportDetailQuery['import']>;

/** Poll interval for an import in progress, in milliseconds. */
const POLL_MS = 400;
/** The same while the server cannot be reached. */
const LOST_POLL_MS = 2000;

/**
 * Loads one import and polls it while it is in progress. Refetches all queries after its commit.
 *
 * `settled` is the last analyzed state: while the server reads the files again, the steps keep showing it.
 */
export function useImport(id: string) {
  const asked = useQuestion(ImportDetailDocument, { id });
  const { question, data, retry } = asked;
  const found = data?.import ?? null;
  const state = found?.state;
  // Somebody else may have changed the draft, which raises no revision.
  useTabReturn(retry);
  const isUnderWay = state === 'ANALYZING' || state === 'COMMITTING';

  useEffect(() => {
    if (!isUnderWay || question.phase !== 'answered') return;
    const timer = setTimeout(retry, POLL_MS);
    return () => clearTimeout(timer);
  }, [isUnderWay, question, retry]);

  // A server that stopped in the middle goes on with the import once it is back. The page then shows it without a click.
  const isLost = isUnderWay && (question.phase === 'failed' || question.phase === 'away');
  useEffect(() => {
    if (!isLost) return;
    const timer = setInterval(() => {
      client.query({ query: ImportDetailDocument, variables: { id } }).then(retry, () => undefined);
    }, LOST_POLL_MS);
    return () => clearInterval(timer);
  }, [isLost, id, retry]);

  // A fast commit is over before it is first seen.
  const before = useRef(state);
  const report = found?.report ?? null;
  const announce = useAnnounce();
  useEffect(() => {
    const isNew = before.current !== undefined && before.current !== state;
    if (isNew && state === 'COMMITTED') {
      factsChanged();
      announce(report === null ? 'Imported.' : outcomeOf(report));
    }
    if (isNew && state === 'FAILED') announce('The import failed. No data was changed.');
    if (state !== undefined) before.current = state;
  }, [state, report, announce]);

  const [settled, setSettled] = useState<ImportDetail | null>(null);
  if (found !== null && found.state !== 'ANALYZING' && settled !== found) setSettled(found);
  return { ...asked, found, settled, isUnderWay };
}

/** Decisions about a draft. Absent parts stay as they are. */
interface Decisions {
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
