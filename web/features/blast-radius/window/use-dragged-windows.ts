import { useEffect, useMemo, useRef, useState } from 'react';
import type { BlastState } from '../../../shared/url/blast-radius-url.ts';
import type { Windows } from '../../../shared/windows/window-fields.ts';
import type { RadiusAnswer } from '../lanes/lanes-radius.ts';
import { windowInput } from '../question-variables.ts';
import type { ChangeBlast } from '../use-blast-view.ts';

export interface AskedWindows {
  readonly radius: RadiusAnswer;
  readonly state: BlastState;
  readonly change: ChangeBlast;
  readonly isAsking: boolean;
}

/**
 * The windows of the question, and those of a handle that is being dragged. The server computes all figures: during a drag, one request is
 * in flight at a time, and the next one takes the latest position. A drag is one step of the browser's history.
 */
export function useDraggedWindows({ radius, state, change, isAsking }: AskedWindows) {
  const [draft, setDraft] = useState<Windows | null>(null);
  const isFirstStep = useRef(true);
  const asked: Windows = useMemo(
    () => ({ core: state.core ?? windowInput(radius.core), widest: state.widest ?? windowInput(radius.widest) }),
    [state, radius],
  );
  const commit = (next: Windows) => {
    change({ core: next.core, widest: next.widest }, isFirstStep.current ? 'push' : 'replace');
    isFirstStep.current = false;
  };
  const latestCommit = useRef(commit);
  latestCommit.current = commit;
  useEffect(() => {
    if (draft !== null && !isAsking) latestCommit.current(draft);
  }, [draft, isAsking]);

  const begin = () => {
    isFirstStep.current = true;
  };
  const drop = () => {
    if (draft !== null) commit(draft);
    setDraft(null);
  };
  return { asked, windows: draft ?? asked, begin, drag: setDraft, drop, commit };
}
