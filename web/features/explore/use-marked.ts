import { useCallback, useMemo, useState } from 'react';
import type { DrawnGraph } from './use-drawn-graph.ts';

/** The marked nodes, to which one act applies. */
export interface Marked {
  /** All marked nodes, also those that are hidden now. */
  readonly keys: ReadonlySet<string>;
  /** The nodes on the canvas that are marked, in order, and the others. */
  readonly chosen: readonly string[];
  readonly others: readonly string[];
  /** The marked nodes as they are drawn: a closed group is one. */
  readonly drawn: ReadonlySet<string>;
  /** Marks nodes. Marked ones are unmarked unless `isAdding`. */
  readonly mark: (keys: readonly string[], isAdding: boolean) => void;
  readonly set: (keys: readonly string[]) => void;
  readonly clear: () => void;
}

export function useMarked({ groups, model }: DrawnGraph): Marked {
  const [keys, setKeys] = useState<ReadonlySet<string>>(nothing);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the groups.
  const drawn = useMemo(() => new Set([...keys].map(groups.drawnKey)), [keys, groups.key, model.drawnNodes]);
  const mark = useCallback((changed: readonly string[], isAdding: boolean) => {
    setKeys((before) => {
      const next = new Set(before);
      for (const key of changed) if (isAdding || !next.delete(key)) next.add(key);
      return next;
    });
  }, []);
  const all = model.nodes.map((node) => node.key);
  return {
    keys,
    chosen: all.filter((key) => keys.has(key)),
    others: all.filter((key) => !keys.has(key)),
    drawn,
    mark,
    set: (next) => setKeys(new Set(next)),
    clear: () => {
      // The toolbar of the marked nodes goes, so its focus moves to the canvas.
      if (document.activeElement?.closest('[role="toolbar"]') !== null)
        document.querySelector<HTMLElement>('[data-testid="graph"]')?.focus();
      setKeys(nothing);
    },
  };
}

const nothing: ReadonlySet<string> = new Set();
