import { countOf } from '../format/count.ts';
import { formatWindow } from '../format/instant.ts';
import { formatShare } from '../format/share.ts';
import type { TimeWindow } from '../url/params.ts';
import { RADIUS_DEFAULTS } from '../url/radius-options-url.ts';

interface AskedWindows {
  readonly core?: TimeWindow | null | undefined;
  readonly widest?: TimeWindow | null | undefined;
}

interface AskedOptions {
  readonly maxHops?: number | null | undefined;
  readonly transferLikelihood?: number | null | undefined;
  readonly minDegree?: number | null | undefined;
}

/** The windows of a question: `core Sep 24, 2026, 08:30–11:25, widest Sep 19 – Sep 30, 2026`. Without windows: `as held now`. */
export function windowsInWords({ core, widest }: AskedWindows): string {
  const parts = [core == null ? [] : [`core ${formatWindow(core)}`], widest == null ? [] : [`widest ${formatWindow(widest)}`]].flat();
  return parts.length === 0 ? 'as held now' : parts.join(', ');
}

/** The options of a question: its hops, and whatever else differs from the default. */
export function optionsInWords({ maxHops, transferLikelihood, minDegree }: AskedOptions): string {
  const parts = [`up to ${countOf(maxHops ?? RADIUS_DEFAULTS.maxHops, 'hop', 'hops')}`];
  if (transferLikelihood != null && transferLikelihood > 0) parts.push(`transfers spread at ${formatShare(transferLikelihood)}`);
  if (minDegree != null) parts.push(`reveals from ${formatShare(minDegree)}`);
  return parts.join(', ');
}
