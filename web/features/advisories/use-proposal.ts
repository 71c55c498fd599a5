import { useMemo } from 'react';
import {
  type AvailabilityInput,
  type ProposalInput,
  ProposedRadiusDocument,
  type ProposedRadiusQuery,
} from '../../shared/generated/operations.ts';
import { type AskedQuestion, useQuestion } from '../../shared/graphql/use-question.ts';
import type { StatedTick } from '../../shared/url/incidents-url.ts';

export type Proposed = ProposedRadiusQuery['proposeIncident'];
export type Tick = StatedTick['as'];

interface ProposalParts {
  readonly advisory: string;
  /** Of this proposal alone. */
  readonly claims: readonly AvailabilityInput[];
  readonly treatAsCompromise: boolean;
  /** Null: not known. */
  readonly discoveredAt: string | null;
  readonly ticks: readonly StatedTick[];
}

export interface AskedProposal {
  /** With the ticks; null while what the grades tick is not known. */
  readonly input: ProposalInput | null;
  /** The proposal of the grades. */
  readonly first: AskedQuestion<ProposedRadiusQuery, unknown>;
  /** The proposal with the stated ticks and the time of discovery; null: none is stated. */
  readonly ticked: AskedQuestion<ProposedRadiusQuery, unknown> | null;
  /** The ticks, by organization. Null: not known yet. */
  readonly ticks: ReadonlyMap<string, Exclude<Tick, 'no'>> | null;
}

/** The proposal of an advisory: what its grades tick, with the ticks that a person set in their place. */
export function useProposal({ advisory, claims, treatAsCompromise, discoveredAt, ticks: stated }: ProposalParts): AskedProposal {
  const key = JSON.stringify([advisory, claims, treatAsCompromise]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the parts.
  const base = useMemo<ProposalInput>(
    () => ({
      advisory,
      ...(claims.length === 0 ? {} : { availabilities: [...claims] }),
      ...(treatAsCompromise ? { treatAsCompromise } : {}),
    }),
    [key],
  );
  const first = useQuestion(
    ProposedRadiusDocument,
    useMemo(() => ({ input: base }), [base]),
  );
  const graded = first.data === null || first.isStale ? null : first.data.proposeIncident.blastRadius;
  const isKnown = first.data !== null && !first.isStale;
  const tickKey = JSON.stringify(stated);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the stated ticks.
  const ticks = useMemo(() => {
    if (!isKnown) return null;
    const all = new Map<string, Exclude<Tick, 'no'>>();
    for (const { id } of graded?.origins ?? []) all.set(id, 'origin');
    for (const { organization, likelihood } of graded?.suspectedOrigins ?? []) all.set(organization.id, likelihood);
    for (const { organization, as } of stated) {
      if (as === 'no') all.delete(organization);
      else all.set(organization, as);
    }
    return all;
  }, [graded, isKnown, tickKey]);
  const input = useMemo<ProposalInput | null>(() => {
    if (ticks === null) return null;
    const discovered = discoveredAt === null ? base : { ...base, discoveredAt };
    if (tickKey === '[]') return discovered;
    const all = [...ticks];
    return {
      ...discovered,
      origins: all.filter(([, as]) => as === 'origin').map(([id]) => id),
      suspectedOrigins: all.flatMap(([organization, as]) => (as === 'origin' ? [] : [{ organization, likelihood: as }])),
    };
  }, [base, ticks, tickKey, discoveredAt]);
  const isTicked = stated.length > 0 || discoveredAt !== null;
  const asked = useQuestion(
    ProposedRadiusDocument,
    useMemo(() => (isTicked && input !== null ? { input } : null), [isTicked, input]),
  );
  return { input, first, ticked: isTicked ? asked : null, ticks };
}
