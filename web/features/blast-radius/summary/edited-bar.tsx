import { Button } from '@mantine/core';
import { useState } from 'react';
import { Refused } from '../../../shared/changes/ask-change.ts';
import { ChangeForm } from '../../../shared/changes/change-form.tsx';
import { joinNames } from '../../../shared/format/count.ts';
import type { SavedIncidentFragment } from '../../../shared/generated/operations.ts';
import { useAnnounce } from '../../../shared/ui/announcer.tsx';
import { canWrite } from '../../../shared/viewer/viewer.ts';
import type { RadiusAnswer } from '../lanes-radius.ts';
import type { BlastView } from '../use-blast-view.ts';
import classes from './edited-bar.module.css';
import { type SaveTarget, saveIncident } from './save-incident.ts';
import { NO_OVERRIDES } from './saved-incident.ts';

interface EditedBarProps {
  readonly radius: RadiusAnswer;
  readonly saved: SavedIncidentFragment;
  /** Words for what differs from it. At least one. */
  readonly edits: readonly string[];
  readonly view: BlastView;
}

/** Shows what differs from the saved incident. It can save the changes, save them as a new incident, or undo them. */
export function EditedBar({ radius, saved, edits, view }: EditedBarProps) {
  const { state, change } = view;
  const [isNaming, setNaming] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const announce = useAnnounce();
  const save = async (target: SaveTarget) => {
    const outcome = await saveIncident(target, radius, state);
    if (outcome instanceof Refused) return outcome;
    announce(`Saved the incident ${outcome.name}.`);
    setNaming(false);
    setProblem(null);
    change({ ...NO_OVERRIDES, incident: outcome.id });
  };
  const saveChanges = async () => {
    const refused = await save({ id: saved.id, ifVersion: saved.version });
    setProblem(refused?.sentence ?? null);
  };
  const revert = () => {
    setProblem(null);
    change({ ...NO_OVERRIDES, ...(state.actions === null ? {} : { actions: null }) });
  };
  return (
    <section className={classes.bar} aria-label="Unsaved changes">
      <p>
        <strong>Edited.</strong> “{saved.name}” was saved with other values: {joinNames(edits)}.
      </p>
      {isNaming ? (
        <ChangeForm
          look="row"
          isSmall
          isOpened
          fields={[
            {
              name: 'name',
              label: 'Name of the new incident',
              isLabelHidden: true,
              maxLength: 500,
              needed: 'Enter a name for the incident.',
            },
          ]}
          start={{ name: `${saved.name}, edited` }}
          submit="Save"
          save={({ name }) => save({ name, discoveredAt: saved.discoveredAt })}
          onCancel={() => setNaming(false)}
        />
      ) : (
        <span className={classes.actions}>
          {canWrite() && (
            <>
              <Button size="compact-sm" onClick={() => void saveChanges()}>
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
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}
