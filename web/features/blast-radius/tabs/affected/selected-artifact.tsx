import { CloseButton } from '@mantine/core';
import type { BlastState } from '../../../../shared/url/blast-radius-url.ts';
import type { RadiusAnswer } from '../../lanes-radius.ts';
import type { ChangeBlast } from '../../use-blast-view.ts';
import { ArtifactDetail } from '../artifact-detail.tsx';
import classes from './affected-tab.module.css';

interface SelectedArtifactProps {
  readonly radius: RadiusAnswer;
  readonly state: BlastState;
  readonly change: ChangeBlast;
}

/** The reasons of a selected artifact that no row of the list shows: the list is loaded in part, or a filter leaves the artifact out. */
export function SelectedArtifact({ radius, state, change }: SelectedArtifactProps) {
  const id = (state.selection as string).slice('artifact:'.length);
  return (
    <section className={classes.selected} aria-label="Selected artifact">
      <CloseButton size="sm" aria-label="Close" onClick={() => change({ selection: null })} />
      <ArtifactDetail id={id} radius={radius} state={state} isNamed />
    </section>
  );
}
