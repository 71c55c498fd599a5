import { useMemo } from 'react';
import type { BlastRadiusQuery, BlastRadiusQueryVariables, RadiusFlowsQuery } from '../../shared/generated/operations.ts';
import { BlastRadiusDocument, MoreArtifactsDocument, RadiusFlowsDocument } from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { type AskedQuestion, useQuestion } from '../../shared/graphql/use-question.ts';
import { useShared } from '../../shared/graphql/use-shared.ts';
import type { Connection, MoreRows } from '../../shared/lists/use-more-rows.ts';
import { useMoreRows } from '../../shared/lists/use-more-rows.ts';
import { useStaleMark } from '../../shared/ui/use-slow.ts';
import type { BlastState } from '../../shared/url/blast-radius-url.ts';
import { inputOf, isTimeOpen } from '../../shared/url/radius-options-url.ts';
import type { ArtifactRow, FlowRow, Holding, RadiusAnswer } from './lanes-radius.ts';
import { holdingsOf } from './lanes-radius.ts';
import { focusedState, isFilteredBy, questionOf, rowFilters } from './question-variables.ts';

/** A question with its answer and its rows so far. Null: not known yet, or not asked. */
interface AskedRows {
  readonly asked: AskedQuestion<BlastRadiusQuery, BlastRadiusQueryVariables>;
  /** The variables of the answer, which may be older than those of the question. */
  readonly answered: BlastRadiusQueryVariables | null;
  readonly radius: RadiusAnswer | null;
  readonly artifacts: MoreRows<ArtifactRow>;
}

/** The same with its flows. */
export interface AskedRadius extends AskedRows {
  readonly askedFlows: readonly AskedQuestion<RadiusFlowsQuery, unknown>[];
  /** Of the whole radius, without the list's filters. */
  readonly flows: readonly FlowRow[] | null;
  readonly holdings: ReadonlyMap<string, Holding> | null;
  /** Of the artifacts that the list's filters leave, loaded as rows or not. */
  readonly rowFlows: readonly FlowRow[] | null;
}

/** An answer and the state that it answers. */
interface Shown<T> {
  readonly of: T;
  readonly state: BlastState;
  readonly isStale: boolean;
}

export interface Radii {
  /** The radius of the state. */
  readonly whole: AskedRadius;
  /** The radius on the screen: the whole one, or the part within fewer hops, which is a question of its own. */
  readonly shown: Shown<AskedRadius>;
  /** The rows on the screen: those of the focus beside a graph that stays whole, else those of the radius on the screen. */
  readonly list: Shown<AskedRows>;
  /** The question whose failure the page tells; null: none failed. */
  readonly failed: AskedQuestion<unknown, unknown> | null;
}

/**
 * The questions of the Blast radius page: the whole radius, its part within fewer hops, and the rows of a focus.
 *
 * @param text the text filter
 */
export function useRadii(state: BlastState, text: string): Radii {
  const whole = useRadius(state, text);
  const isGraph = state.actions === null && !state.comparison.isOpen;
  // Band, list and lanes follow the part, and all places stay those of the whole radius.
  const isPart = state.hop !== null && isGraph && whole.radius !== null && state.hop < whole.radius.maxHops;
  const partState = useMemo(() => (isPart ? { ...state, maxHops: state.hop } : null), [isPart, state]);
  const part = useRadius(partState, text);
  const isPartShown = isPart && part.radius !== null;
  const shown = isPartShown ? part : whole;
  const reached = whole.radius?.reached ?? null;
  const focused = useRows(
    useMemo(() => (isGraph ? focusedState(partState ?? state, reached) : null), [isGraph, partState, state, reached]),
    text,
  );
  // A moved window keeps canvas and lists as they are until its answer comes, so that the browser has time to ask.
  const isWaiting = shown.asked.isStale && shown.asked.question.phase !== 'failed' && whole.answered !== null;
  const { core = null, widest = null } = isWaiting ? (whole.answered as BlastRadiusQueryVariables).input : state;
  const shownState = useShared({ ...state, core, widest, ...(isPartShown && { maxHops: state.hop }) });
  const listed = focused.radius === null ? null : focusedState(shownState, reached);
  const listState = useShared(listed ?? shownState);
  const isStale = useStaleMark(shown.asked.isStale || shown.askedFlows.some((each) => each.isStale) || (isPart && !isPartShown));
  const isFocusing = useStaleMark(state.focus !== null && isGraph && (focused.radius === null || focused.asked.isStale));
  const questions = [shown.asked, ...shown.askedFlows, focused.asked];
  return {
    whole,
    shown: { of: shown, state: shownState, isStale },
    list: { of: listed === null ? shown : focused, state: listState, isStale: isStale || isFocusing },
    failed: questions.find(({ question }) => question.phase === 'failed') ?? null,
  };
}

const NO_ROWS: Connection<ArtifactRow> = { totalCount: 0, pageInfo: { hasNextPage: false }, edges: [] };

/** Loads the answer of a state, and further rows on request. @param state null: nothing is asked */
function useRows(state: BlastState | null, text: string): AskedRows {
  const variables = useMemo(() => (state === null || isTimeOpen(state) ? null : questionOf(state, text)), [state, text]);
  const asked = useQuestion(BlastRadiusDocument, variables);
  const answer: RadiusAnswer | null = asked.data?.blastRadius ?? null;
  const radius = useShared(answer);
  const answered = asked.question.phase === 'idle' ? null : (asked.question.last?.variables ?? null);
  // An answer with an equal first page may have other pages after it.
  const loaded: MoreRows<ArtifactRow> = useMoreRows(answer?.artifacts ?? NO_ROWS, (after) => loadMore(answered, after));
  return { asked, answered, radius, artifacts: useShared(loaded) };
}

/** Loads the answer of a state and its flows. @param state null: nothing is asked */
function useRadius(state: BlastState | null, text: string): AskedRadius {
  const rows = useRows(state, text);
  const [wholeVariables, rowVariables] = useMemo(() => {
    const input = state === null || isTimeOpen(state) ? null : inputOf(state);
    if (state === null || input === null) return [null, null];
    return [{ input }, isFilteredBy(state, text) ? { input, ...rowFilters(state, text) } : null];
  }, [state, text]);
  const askedWhole = useQuestion(RadiusFlowsDocument, wholeVariables);
  const askedRows = useQuestion(RadiusFlowsDocument, rowVariables);
  const flows: readonly FlowRow[] | null = useShared(askedWhole.data?.blastRadius?.flows ?? null);
  const filtered: readonly FlowRow[] | null = useShared(askedRows.data?.blastRadius?.flows ?? null);
  const holdings: ReadonlyMap<string, Holding> | null = useMemo(() => (flows === null ? null : holdingsOf(flows)), [flows]);
  return { ...rows, askedFlows: [askedWhole, askedRows], flows, holdings, rowFlows: rowVariables === null ? flows : filtered };
}

async function loadMore(variables: BlastRadiusQueryVariables | null, after: string): Promise<Connection<ArtifactRow> | null> {
  if (variables === null) return null;
  const { buckets: _, ...rest } = variables;
  const asked = { ...rest, after };
  const { data } = await client.query({ query: MoreArtifactsDocument, variables: asked });
  return data?.blastRadius?.artifacts ?? null;
}
