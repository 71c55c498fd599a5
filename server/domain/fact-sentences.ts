import type { FactValue } from './assertions.ts';
import { factNouns } from './fact-fields.ts';
import type { FactKind } from './facts.ts';
import { splitPairKey } from './facts.ts';

const maxQuoted = 60;

/** A value in quotes for a sentence. Cuts long values, so that messages stay short. The caller that shows the sentence shows hidden characters as escapes. */
export function quote(value: string): string {
  return `"${clip(value)}"`;
}

/** Names a fact in a sentence, from its values: `Transfer T-17`, `Reveals a -> b`, `Control MFA of vega`. */
export function describeFact(kind: FactKind, values: readonly (FactValue | undefined)[]): string {
  return describe(kind, typeof values[0] === 'string' ? values[0] : '', typeof values[1] === 'string' ? values[1] : '');
}

/** Names a fact in a sentence, from its key alone. */
export function describeKey(kind: FactKind, key: string): string {
  if (kind !== 'REVEALS' && kind !== 'CONTROL') return describe(kind, key, '');
  const [first, second] = splitPairKey(key);
  return describe(kind, first, second);
}

function describe(kind: FactKind, first: string, second: string): string {
  if (kind === 'REVEALS') return `Reveals ${clip(first)} -> ${clip(second)}`;
  if (kind === 'CONTROL') return `Control ${clip(second)} of ${clip(first)}`;
  const noun = factNouns[kind].one;
  return `${noun[0]?.toUpperCase() ?? ''}${noun.slice(1)} ${clip(first)}`;
}

function clip(value: string): string {
  const letters = value.length <= maxQuoted ? undefined : [...value.slice(0, maxQuoted * 2)];
  return letters === undefined || letters.length <= maxQuoted
    ? value
    : `${letters.slice(0, maxQuoted).join('')}… (${value.length} characters)`;
}
