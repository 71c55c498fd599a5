import type { BlastRadiusInput, WatchInput } from '../generated/operations.ts';

/** A question that somebody may watch (docs/watches.md). */
export interface Watchable {
  /** The question in words. It names a new watch. */
  readonly title: string;
  readonly asks: Pick<WatchInput, 'kind' | 'incident' | 'radius' | 'lab' | 'artifact' | 'findings' | 'advisory' | 'source'>;
}

/** The radius that an input asks for, as known now. An incident alone is watched as it is saved. */
export function watchRadius({ incident, knownAt: _, ...radius }: BlastRadiusInput, title: string): Watchable {
  return {
    title: `Radius of ${title}`,
    asks: { kind: 'RADIUS', incident: incident ?? null, radius: Object.keys(radius).length === 0 ? null : radius },
  };
}
