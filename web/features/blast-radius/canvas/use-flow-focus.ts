import { useCallback, useMemo } from 'react';
import type { FlowFocus } from '../../../canvas/flows/flow-radius.ts';
import type { BlastState } from '../../../shared/url/blast-radius-url.ts';
import type { ArtifactRow, RadiusAnswer } from '../lanes/lanes-radius.ts';
import { holdersByArtifact, type Pointed } from './pointed.ts';

/** The holders and labs that are filtered or selected, and those under the pointer. An artifact stands for its holders and its owner. */
export function useFlowFocus(
  radius: RadiusAnswer,
  rows: readonly ArtifactRow[],
  state: Pick<BlastState, 'selection' | 'holders' | 'labs'>,
  pointed: Pointed | null,
): { readonly chosen: FlowFocus; readonly focus: FlowFocus | null } {
  const byArtifact = useMemo(() => holdersByArtifact(radius), [radius]);
  const ownerOf = useMemo(() => new Map(rows.map(({ artifact }) => [artifact.id, artifact.owner.id])), [rows]);
  const focusOf = useCallback(
    (at: Pointed | null): FlowFocus | null => {
      if (at === null) return null;
      const owner = at.labId ?? (at.artifactId === null ? undefined : ownerOf.get(at.artifactId));
      const holders = at.holderId === null ? (at.artifactId === null ? [] : (byArtifact?.get(at.artifactId) ?? [])) : [at.holderId];
      return { holders: new Set(holders), labs: new Set(owner === undefined ? [] : [owner]) };
    },
    [byArtifact, ownerOf],
  );
  const chosen = useMemo(() => {
    const own = state.selection?.startsWith('artifact:')
      ? focusOf({ artifactId: state.selection.slice('artifact:'.length), holderId: null, labId: null })
      : null;
    return own ?? { holders: new Set(state.holders), labs: new Set(state.labs) };
  }, [state.selection, state.holders, state.labs, focusOf]);
  const focus = useMemo(() => focusOf(pointed), [focusOf, pointed]);
  return { chosen, focus };
}
