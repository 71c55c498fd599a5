import { int } from 'neo4j-driver';
import type { HeadPosition } from './head.ts';
import type { WriteEvent } from './write-event.ts';
import type { WritePath } from './write-path.ts';

/** Moves a staged event to the instant of its end, for a write with a clock. @returns the head that publishes the event */
export function endEvent(path: Pick<WritePath, 'atPublish'>, event: WriteEvent, clock: (() => number) | undefined): HeadPosition {
  if (clock === undefined) return event;
  const { seq, revision } = event;
  const at = Math.max(event.at, Math.trunc(clock()));
  path.atPublish((transaction) =>
    transaction.run('MATCH (event:ExposureWrite {seq: $seq}) SET event.at = $at', { seq: int(seq), at: int(at) }),
  );
  return { seq, revision, at };
}
