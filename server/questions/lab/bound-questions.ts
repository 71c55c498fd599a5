import { keepLatest } from '../../domain/keep-latest.ts';
import type { WholeStore } from '../../store/fact-store.ts';
import { Asker } from '../asker.ts';
import { Questions } from '../questions.ts';
import { LabStore } from './lab-store.ts';
import { selectVisibleIncidents } from './visible-incidents.ts';

/** The latest used views that are kept in memory. */
const maxViews = 8;

/**
 * The questions of each person and token: of all facts, or of the view of the labs to which it is bound (semantics §10). Those of a view
 * have their own facts, search index and caches, built from that view alone.
 */
export class BoundQuestions {
  readonly whole: Questions<WholeStore>;
  readonly #ofLabs = new Map<string, Questions>();

  constructor(whole: Questions<WholeStore>) {
    this.whole = whole;
  }

  /** @param labs ids of organizations; null: all facts */
  of(labs: readonly string[] | null): Questions {
    if (labs === null) return this.whole;
    const key = JSON.stringify([...new Set(labs)].sort());
    const found = this.#ofLabs.get(key) ?? this.#open(JSON.parse(key) as string[]);
    keepLatest(this.#ofLabs, key, found, maxViews);
    return found;
  }

  #open(labs: readonly string[]): Questions {
    const { store, current, policy, queryTimeoutMs, clock, scheduler } = this.whole;
    const view = new LabStore({
      store,
      whole: current,
      labs,
      scheduler,
      queryTimeoutMs,
      selectVisibleIncidents: (documents, { labs, view }) => selectVisibleIncidents(new Asker(questions), labs, documents, view.isNaming),
    });
    const questions: Questions = new Questions({
      store: view,
      projection: 'whole',
      policy,
      queryTimeoutMs,
      clock,
      scheduler,
      labs,
      prepare: (instant, limit) => view.prepare(instant, limit),
    });
    return questions;
  }
}
