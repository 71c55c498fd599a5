import { useCallback, useEffect, useState } from 'react';
import { ImportMatchesDocument, type ImportMatchesQuery } from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { errorSentence } from '../../../shared/graphql/error-sentence.ts';
import type { ImportDetail } from '../use-import.ts';

export type OrganizationMatch = NonNullable<ImportMatchesQuery['import']>['matches']['edges'][number]['node'];

interface Matches {
  /** The matches of the import in its current state. Null until they are loaded. */
  readonly list: readonly OrganizationMatch[] | null;
  readonly error: string | null;
  readonly reload: () => void;
}

const PAGE = 500;
const NONE: readonly OrganizationMatch[] = [];

/** All organizations of an analyzed import that may already be known under another name. Null until they are loaded. */
export function useMatches(of: ImportDetail | null): Matches {
  const [loaded, setLoaded] = useState<{ readonly key: string; readonly list: readonly OrganizationMatch[] } | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  const isAnalyzed = of?.state === 'DRAFT' && of.mappingDocument !== null;
  const key = isAnalyzed ? `${of.id} ${of.mappingDocument} ${JSON.stringify(of.report)}` : null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the analyzed import.
  useEffect(() => {
    if (key === null || of === null) return;
    let isCurrent = true;
    setError(null);
    loadAll(of.id).then(
      (all) => {
        if (!isCurrent) return;
        setLoaded({ key, list: all });
        setError(null);
      },
      (caught: unknown) => {
        if (isCurrent) setError(errorSentence(caught));
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [key, attempt]);

  const reload = useCallback(() => setAttempt((count) => count + 1), []);
  const isCanonical = of !== null && of.mappingDocument === null;
  const list = loaded !== null && loaded.key === key ? loaded.list : null;
  return { list: isCanonical ? NONE : list, error, reload };
}

async function loadAll(id: string): Promise<OrganizationMatch[]> {
  const all: OrganizationMatch[] = [];
  let after: string | null = null;
  do {
    const page: MatchesPage = await loadPage(id, after);
    all.push(...(page?.edges.map((edge) => edge.node) ?? []));
    after = page?.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null;
  } while (after !== null);
  return all;
}

type MatchesPage = NonNullable<ImportMatchesQuery['import']>['matches'] | undefined;

async function loadPage(id: string, after: string | null): Promise<MatchesPage> {
  const { data } = await client.query({ query: ImportMatchesDocument, variables: { id, first: PAGE, after } });
  return data?.import?.matches;
}
