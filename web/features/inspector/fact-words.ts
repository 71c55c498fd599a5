import { formatDay, formatLastDay } from '../../shared/format/instant.ts';
import type { InspectAccessFragment } from '../../shared/generated/operations.ts';

export function accessWords(kind: InspectAccessFragment['kind'], isHeld: boolean, name: string): string {
  switch (kind) {
    case 'CREDENTIALS':
      return isHeld ? `Has accounts at ${name}` : `${name} has accounts here`;
    case 'SOFTWARE':
      return isHeld ? `${name} runs its software` : `Runs ${name}`;
    case 'NETWORK':
      return isHeld ? `Has network access to ${name}` : `${name} has network access`;
    case 'OTHER':
      return isHeld ? `Has access to ${name}` : `${name} has access`;
  }
}

export function validity({ validFrom, validUntil }: { readonly validFrom: string | null; readonly validUntil: string | null }): string {
  if (validFrom === null && validUntil === null) return 'no known end';
  const from = validFrom === null ? '' : `from ${formatDay(validFrom)}`;
  return `${from}${validUntil === null ? '' : ` until ${formatLastDay(validUntil)}`}`.trim();
}
