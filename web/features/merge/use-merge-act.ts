import { useState } from 'react';
import { factsChanged } from '../../shared/graphql/facts-epoch.ts';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import { useSlow } from '../../shared/ui/use-slow.ts';

/** An action that can be canceled. @returns the refusal, or null */
export type Send = (signal: AbortSignal) => Promise<string | null>;

/** The last action, with Undo. */
interface Done {
  readonly sentence: string;
  readonly undo: Send | null;
}

/** Runs one action at a time, and says how it ended. */
export function useMergeAct() {
  const announce = useAnnounce();
  const [problem, setProblem] = useState<string | null>(null);
  const [done, setDone] = useState<Done | null>(null);
  /** Cancels the action that is under way. */
  const [running, setRunning] = useState<AbortController | null>(null);
  const isBusy = running !== null;
  const isSlow = useSlow(isBusy);
  const act = async (under: string, send: Send, after: Done) => {
    const controller = new AbortController();
    setRunning(controller);
    setProblem(null);
    setDone(null);
    announce(under);
    const refusal = await send(controller.signal);
    setRunning(null);
    setProblem(refusal);
    if (refusal === null) {
      setDone(after);
      announce(after.sentence);
    }
    factsChanged();
  };
  return { act, cancel: () => running?.abort(), isBusy, isSlow, problem, done };
}
