import { countOf } from '../format/count.ts';
import { formatInstantUtc } from '../format/instant.ts';
import type { BatchAnswerFragment } from '../generated/operations.ts';

/** Says from which attached result an answer comes, of which instant, and how far behind it is. Nothing for an answer that was computed. */
export function BatchLine({ batch }: { readonly batch: BatchAnswerFragment | null | undefined }) {
  if (batch == null) return null;
  const { name, instant, behind } = batch;
  const age = behind === 0 ? 'current' : `${countOf(behind, 'revision', 'revisions')} behind`;
  return (
    <p>
      From the result {name}, as of {formatInstantUtc(instant)}: {age}
    </p>
  );
}
