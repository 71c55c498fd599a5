import { useMemo } from 'react';
import { type BlastRadiusInput, OverlayDocument, OverlayWaysDocument } from '../../../shared/generated/operations.ts';
import { type AskedQuestion, useQuestion } from '../../../shared/graphql/use-question.ts';
import { useShared } from '../../../shared/graphql/use-shared.ts';
import type { ExploreState } from '../../../shared/url/explore-url.ts';
import { inputOf, isTimeOpen } from '../../../shared/url/radius-options-url.ts';
import { linesSentence, type OverlayAnswer, overlayOfAnswer, type RadiusOverlay } from './overlay-model.ts';

export interface AskedOverlay {
  /** Null: no radius is asked for, or its time is not chosen yet. */
  readonly input: BlastRadiusInput | null;
  readonly asked: Pick<AskedQuestion<unknown, unknown>, 'question' | 'isStale' | 'retry' | 'cancel'>;
  readonly answer: OverlayAnswer | null;
  readonly radius: RadiusOverlay | null;
  /** A sentence on what the lines leave out; null: nothing. */
  readonly linesNote: string | null;
}

/**
 * The radius that lies over the graph of Explore. Its figures are the server's, of the whole answer.
 *
 * @param drawn ids of the artifacts on the canvas
 */
export function useOverlay({ overlay, knownAt }: ExploreState, drawn: readonly string[]): AskedOverlay {
  const key = JSON.stringify([overlay, knownAt]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the overlay.
  const input = useMemo(() => {
    const question = overlay === null ? null : { ...overlay, knownAt };
    return question === null || isTimeOpen(question) ? null : inputOf(question);
  }, [key]);
  const asked = useQuestion(
    OverlayDocument,
    useMemo(() => (input === null ? null : { input }), [input]),
  );
  const drawnKey = drawn.join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the artifacts.
  const wayVariables = useMemo(() => (input === null ? null : { input, drawn: [...drawn] }), [input, drawnKey]);
  const askedWays = useQuestion(OverlayWaysDocument, wayVariables);
  const answer = useShared(asked.data?.blastRadius ?? null);
  const ways = useShared(askedWays.data?.blastRadius ?? null);
  const radius = useMemo(() => (answer === null ? null : overlayOfAnswer(answer, ways)), [answer, ways]);
  const failed = asked.question.phase === 'failed' || askedWays.question.phase !== 'failed' ? asked : askedWays;
  return { input, asked: failed, answer, radius, linesNote: ways === null ? null : linesSentence(ways) };
}
