import type { RadiusInput } from '../../exposure/radius/radius-types.ts';
import { formatDay, formatLastDay } from '../../exposure/sentence-formats.ts';

/** The windows of an incident as a sentence. Without a window, an incident counts what is held at the instant of asking. */
export function describeWindows({ hasCore, core, widest }: Pick<RadiusInput, 'hasCore' | 'core' | 'widest'>): string {
  if (hasCore === false)
    return `The attacker may have been inside from ${formatDay(widest.from)} to ${formatEnd(widest.to)}. No instant is certain.`;
  const isCertain = core.from === widest.from && core.to === widest.to;
  if (isCertain && core.from === core.to)
    return `When the attacker was inside is not known yet. This counts what was held on ${formatDay(core.from)}.`;
  const certain = `The attacker was certainly inside from ${formatDay(core.from)} to ${formatEnd(core.to)}`;
  return isCertain ? `${certain}.` : `${certain}, and may have been inside from ${formatDay(widest.from)} to ${formatEnd(widest.to)}.`;
}

const dayMs = 86_400_000;

/** The end of a closed window. The last millisecond of a day is that day. */
function formatEnd(instant: number): string {
  return (instant + 1) % dayMs === 0 ? formatLastDay(instant + 1) : formatDay(instant);
}
