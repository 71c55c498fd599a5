import { type Overlay, overlayOf } from '../../../shared/url/explore-url.ts';
import type { OverlayAnswer } from './overlay-model.ts';

/** The overlay of these organizations alone. The windows and options of a radius that lies over the graph stay; without one, the time is asked for. */
export function radiusOf(ids: readonly string[], before: Overlay | null, answer: OverlayAnswer | null): Overlay {
  if (before === null || answer === null) return overlayOf(ids);
  const window = ({ from, to }: OverlayAnswer['core']) => ({ from, to });
  return { ...before, incident: null, origins: ids, core: window(answer.core), widest: window(answer.widest), maxHops: answer.maxHops };
}

/** The same question with further origins. */
export function compromiseToo(before: Overlay, answer: OverlayAnswer, ids: readonly string[]): Overlay {
  return { ...before, origins: [...new Set([...answer.origins.map(({ id }) => id), ...ids])] };
}
