import { useCallback, useEffect, useState } from 'react';
import type { MatchDecisionInput, MatchGrade } from '../../../shared/generated/operations.ts';
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

export interface MatchGroups {
  /** Matches that differ only in spelling. The page offers them together. */
  readonly same: readonly OrganizationMatch[];
  /** Matches that the page asks about one by one. */
  readonly related: readonly OrganizationMatch[];
  /** Matches that the page shows without a preset. */
  readonly hints: readonly OrganizationMatch[];
}

/** Groups the matches by the grade of their nearest candidate. The server proposes a target for those that differ only in spelling. */
export function groupMatches(matches: readonly OrganizationMatch[]): MatchGroups {
  const same: OrganizationMatch[] = [];
  const related: OrganizationMatch[] = [];
  const hints: OrganizationMatch[] = [];
  for (const match of matches) {
    const grade: MatchGrade = match.candidates[0]?.grade ?? 'HINT';
    if (grade === 'HINT') hints.push(match);
    else if (grade === 'SAME' && match.target !== null) same.push(match);
    else related.push(match);
  }
  return { same, related, hints };
}

/** The matches of which the name or a candidate holds the text, those of most rows first. */
export function findMatches(matches: readonly OrganizationMatch[], text: string): OrganizationMatch[] {
  const wanted = text.trim().toLowerCase();
  const holds = (name: string) => name.toLowerCase().includes(wanted);
  return matches
    .filter(({ name, candidates }) => holds(name) || candidates.some((candidate) => holds(candidate.name)))
    .sort((a, b) => b.rowCount - a.rowCount);
}

/** The choice for a match: the id of a candidate, `NEW`, or null without a decision. */
export function choiceFor({ decision, target }: OrganizationMatch): string | null {
  if (decision === 'MERGE' || decision === 'ALIAS') return target;
  return decision === 'UNDECIDED' ? null : 'NEW';
}

/** The decision for a choice. The name becomes an alias of the candidate. */
export function decisionFor(match: OrganizationMatch, choice: string): MatchDecisionInput {
  return choice === 'NEW' ? { match: match.id, decision: 'NEW' } : { match: match.id, decision: 'ALIAS', target: choice };
}
