import { Button } from '@mantine/core';
import { useState } from 'react';
import { Refused } from '../../../shared/changes/ask-change.ts';
import { joinNames } from '../../../shared/format/count.ts';
import type { SavedIncidentFragment } from '../../../shared/generated/operations.ts';
import { useAnnounce } from '../../../shared/ui/announcer.tsx';
import { lazyPart } from '../../../shared/ui/lazy-part.tsx';
import { canWrite } from '../../../shared/viewer/viewer.ts';
import classes from '../blast-radius-view.module.css';
import type { RadiusAnswer } from '../lanes-radius.ts';
import type { BlastView } from '../use-blast-view.ts';
import { saveIncident } from './save-incident.ts';
import { editsOf, NO_OVERRIDES } from './saved-incident.ts';

const SaveAsNew = lazyPart(async () => (await import('./save-forms.tsx')).SaveAsNew);

interface EditedBarProps {
  readonly radius: RadiusAnswer;
  readonly saved: SavedIncidentFragment;
  readonly view: BlastView;
}

/** Shows what differs from the saved incident. It can save the changes, save them as a new incident, or undo them. Empty if nothing differs. */
export function EditedBar({ radius, saved, view }: EditedBarProps) {
  const { state, change } = view;
  const [isNaming, setNaming] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const announce = useAnnounce();
  const edits = editsOf(state, saved);
  if (edits.length === 0) return null;

  const show = ({ id, name }: { readonly id: string; readonly name: string }) => {
    announce(`Saved the incident ${name}.`);
    setNaming(false);
    setProblem(null);
    change({ ...NO_OVERRIDES, incident: id });
  };
  const save = async () => {
    const outcome = await saveIncident({ id: saved.id, ifVersion: saved.version }, radius, state);
    if (outcome instanceof Refused) setProblem(outcome.sentence);
    else show(outcome);
  };
  const revert = () => {
    setProblem(null);
    change({ ...NO_OVERRIDES, ...(state.actions === null ? {} : { actions: null }) });
  };
  return (
    <section className={classes.edited} aria-label="Unsaved changes">
      <p>
        <strong>Edited.</strong> “{saved.name}” was saved with other values: {joinNames(edits)}.
      </p>
      {isNaming ? (
        <SaveAsNew saved={saved} radius={radius} state={state} onSaved={show} onCancel={() => setNaming(false)} />
      ) : (
        <span className={classes.editedActions}>
          {canWrite() && (
            <>
              <Button size="compact-sm" onClick={() => void save()}>
                Save
              </Button>
              <Button size="compact-sm" variant="default" onClick={() => setNaming(true)}>
                Save as new
              </Button>
            </>
          )}
          <Button size="compact-sm" variant="default" onClick={revert}>
            Revert
          </Button>
        </span>
      )}
      {problem !== null && (
        <p className={classes.editedProblem} role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}
