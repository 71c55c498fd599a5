import { useCallback, useRef, useState } from 'react';
import { useUndoKeys } from '../../shared/ui/keys.ts';
import { type ExploreState, parseExploreState, writeExploreState } from '../../shared/url/explore-url.ts';
import { currentLocation, hrefOf, navigate, useLocation } from '../../shared/url/location.ts';

/** A change to the canvas, in words, and the state before it. */
export interface CanvasStep {
  readonly words: string;
  readonly state: ExploreState;
  /** For the expansion of a node: the node, and what it brought. */
  readonly expansion?: Expansion | undefined;
}

export interface Expansion {
  readonly of: string;
  readonly brought: readonly string[];
}

export interface CanvasSteps {
  readonly state: ExploreState;
  /** Changes selection, filter or layout. Back undoes it, Ctrl-Z does not. */
  readonly look: (patch: Partial<ExploreState>) => void;
  /** Changes the nodes on the canvas. Back and Ctrl-Z undo it. */
  readonly act: (words: string, patch: Partial<ExploreState>, expansion?: Expansion) => void;
  readonly trail: readonly CanvasStep[];
  readonly undo: (() => void) | null;
  readonly redo: (() => void) | null;
  /** Undoes every change after the first `count`. */
  readonly goTo: (count: number) => void;
}

/** The state of Explore, stored in the URL, and the changes of this visit, for the trail and for undo. */
export function useCanvasSteps(): CanvasSteps {
  const { params } = useLocation();
  const state = parseExploreState(params);
  const [steps, setSteps] = useState<{ readonly past: readonly CanvasStep[]; readonly future: readonly CanvasStep[] }>({
    past: [],
    future: [],
  });
  const current = useRef({ state, steps });
  current.current = { state, steps };

  const look = useCallback((patch: Partial<ExploreState>) => go({ ...current.current.state, ...patch }), []);
  const act = useCallback((words: string, patch: Partial<ExploreState>, expansion?: Expansion) => {
    const before = current.current.state;
    const next = { ...before, ...patch };
    setSteps(({ past }) => ({ past: [...past, { words, state: before, expansion }].slice(-50), future: [] }));
    go(next);
  }, []);
  const undo = useCallback(() => {
    const { state: now, steps: known } = current.current;
    const last = known.past.at(-1);
    if (last === undefined) return;
    setSteps({ past: known.past.slice(0, -1), future: [{ ...last, state: now }, ...known.future] });
    go({ ...now, ...onCanvas(last.state) });
  }, []);
  const goTo = useCallback((count: number) => {
    const { state: now, steps: known } = current.current;
    const target = known.past[count];
    if (target === undefined) return;
    // Each undone step keeps its resulting state, so that Redo can restore it.
    const undone = known.past.slice(count).map((step, place, all) => ({ ...step, state: all[place + 1]?.state ?? now }));
    setSteps({ past: known.past.slice(0, count), future: [...undone, ...known.future] });
    go({ ...now, ...onCanvas(target.state) });
  }, []);
  const redo = useCallback(() => {
    const { state: now, steps: known } = current.current;
    const [next, ...rest] = known.future;
    if (next === undefined) return;
    setSteps({ past: [...known.past, { ...next, state: now }], future: rest });
    go({ ...now, ...onCanvas(next.state) });
  }, []);

  useUndoKeys(undo, redo);

  return {
    state,
    look,
    act,
    trail: steps.past,
    undo: steps.past.length === 0 ? null : undo,
    redo: steps.future.length === 0 ? null : redo,
    goTo,
  };
}

/** Does nothing once the reader has left the view, where an answer that was waited for still comes. */
function go(state: ExploreState): void {
  if (currentLocation().path !== '/explore') return;
  navigate(hrefOf('/explore', writeExploreState(state)), 'push', true);
}

function onCanvas({ nodes, isAll, opened, hidden, pins, groups }: ExploreState): Partial<ExploreState> {
  return { nodes, isAll, opened, hidden, pins, groups };
}
