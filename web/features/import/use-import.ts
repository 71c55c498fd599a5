import { useEffect, useRef } from 'react';
import { ImportDetailDocument, type ImportDetailQuery } from '../../shared/generated/operations.ts';
import { factsChanged } from '../../shared/graphql/facts-epoch.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';

export type ImportDetail = NonNullable<ImportDetailQuery['import']>;

/** Milliseconds between two looks at an import that is under way. */
const POLL_MS = 400;

/** One import, looked at again for as long as something is under way. All other questions are asked again once it has been written. */
export function useImport(id: string) {
  const asked = useQuestion(ImportDetailDocument, { id });
  const { question, data, retry } = asked;
  const state = data?.import?.state;
  const isUnderWay = state === 'ANALYZING' || state === 'COMMITTING';

  useEffect(() => {
    if (!isUnderWay || question.phase !== 'answered') return;
    const timer = setTimeout(retry, POLL_MS);
    return () => clearTimeout(timer);
  }, [isUnderWay, question, retry]);

  const before = useRef(state);
  useEffect(() => {
    if (before.current === 'COMMITTING' && state === 'COMMITTED') factsChanged();
    if (state !== undefined) before.current = state;
  }, [state]);

  return { ...asked, found: data?.import ?? null, isUnderWay };
}
