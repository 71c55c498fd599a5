import { useMemo } from 'react';
import {
  BlastRadiusDocument,
  type BlastRadiusQueryVariables,
  MoreArtifactsDocument,
  RadiusFlowsDocument,
} from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { useShared } from '../../shared/graphql/use-shared.ts';
import { type Connection, type MoreRows, useMoreRows } from '../../shared/lists/use-more-rows.ts';
import type { BlastState } from '../../shared/url/blast-radius-url.ts';
import { type ArtifactRow, type FlowRow, type Holding, holdingsOf, type RadiusAnswer } from './lanes/lanes-radius.ts';
import { inputOf, isTimeOpen, questionOf } from './question-variables.ts';

const NO_ROWS: Connection<ArtifactRow> = { totalCount: 0, pageInfo: { hasNextPage: false }, edges: [] };

/** Loads the answer of a state, its flows, and further rows on request. */
export function useRadius(state: BlastState, text: string) {
  const variables = useMemo(() => (isTimeOpen(state) ? null : questionOf(state, text)), [state, text]);
  const asked = useQuestion(BlastRadiusDocument, variables);
  const flowVariables = useMemo(() => {
    const input = inputOf(state);
    return input === null || isTimeOpen(state) ? null : { input };
  }, [state]);
  const askedFlows = useQuestion(RadiusFlowsDocument, flowVariables);
  const answer: RadiusAnswer | null = asked.data?.blastRadius ?? null;
  const radius = useShared(answer);
  const answered = asked.question.phase === 'idle' ? null : (asked.question.last?.variables ?? null);
  // An answer with an equal first page may have other pages after it.
  const loaded: MoreRows<ArtifactRow> = useMoreRows(answer?.artifacts ?? NO_ROWS, (after) => loadMore(answered, after));
  const artifacts = useShared(loaded);
  const flows: readonly FlowRow[] | null = useShared(askedFlows.data?.blastRadius?.flows ?? null);
  const holdings: ReadonlyMap<string, Holding> | null = useMemo(() => (flows === null ? null : holdingsOf(flows)), [flows]);
  return { asked, askedFlows, answered, radius, artifacts, flows, holdings };
}

async function loadMore(variables: BlastRadiusQueryVariables | null, after: string): Promise<Connection<ArtifactRow> | null> {
  if (variables === null) return null;
  const { input, tiers, owners, holders, text, orderBy } = variables;
  const asked = { input, tiers, owners, holders, text, orderBy, after };
  const { data } = await client.query({ query: MoreArtifactsDocument, variables: asked });
  return data?.blastRadius?.artifacts ?? null;
}
