import type { MatchDecisionInput, MatchGrade } from '../../../shared/generated/operations.ts';
import type { OrganizationMatch } from './use-matches.ts';

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
