import { randomBytes } from 'node:crypto';
import type { FactStore } from '../../store/fact-store.ts';

export type ImportWriter = Pick<FactStore, 'commit' | 'undoImport'>;

/** The parts of this server that drafts need. */
export interface DraftHost {
  readonly store: FactStore;
  readonly writer: ImportWriter;
  readonly now: () => number;
  /** Called with errors inside this program. */
  readonly onError: (error: unknown) => void;
  /** Unique to this run of this server. */
  readonly worker: string;
  /** Time between two heartbeats. */
  readonly beatMs: number;
  /** A server whose heartbeat is older than this counts as gone. */
  readonly leaseMs: number;
}

export interface DraftHostOptions {
  readonly store: FactStore;
  /** Commits and undoes imports. Both end when the import may be shown as committed or undone. Default: the store. */
  readonly writer?: ImportWriter;
  /** Epoch ms; default: the clock. */
  readonly now?: () => number;
  /** Called with errors inside this program that made an import fail. */
  readonly onError?: (error: unknown) => void;
  /** A server whose heartbeat is older than this counts as gone. Default: 15 s, 0 if no other serves the store. */
  readonly leaseMs?: number;
}

const mostBeatMs = 1000;

export function buildHost({
  store,
  writer = store,
  now = Date.now,
  onError = () => undefined,
  leaseMs = leaseFor(store),
}: DraftHostOptions): DraftHost {
  const beatMs = leaseMs === 0 ? mostBeatMs : Math.min(mostBeatMs, leaseMs / 4);
  return { store, writer, now, onError, leaseMs, beatMs, worker: randomBytes(8).toString('hex') };
}

/** An embedded store has one server at a time, so any other server that worked on its drafts is gone. */
function leaseFor(store: FactStore): number {
  return store.kind === 'sqlite' ? 0 : 15_000;
}
