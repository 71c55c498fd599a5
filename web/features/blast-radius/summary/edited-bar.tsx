import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { joinNames } from '../../../shared/format/count.ts';
import type { SavedIncidentFragment } from '../../../shared/generated/operations.ts';
import { useAnnounce } from '../../../shared/ui/announcer.tsx';
import { canWrite } from '../../../shared/viewer/viewer.ts';
import classes from '../blast-radius-view.module.css';
import type { RadiusAnswer } from '../lanes-radius.ts';
import type { BlastView } from '../use-blast-view.ts';
import { type SaveTarget, saveIncident } from './save-incident.ts';
import { editsOf, NO_OVERRIDES } from './saved-incident.ts';

interface EditedBarProps {
  readonly radius: RadiusAnswer;
  readonly saved: SavedIncidentFragment;
  readonly view: BlastView;
}

/** Shows what differs from the saved incident. It can save the changes, save them as a new incident, or undo them. Empty if nothing differs. */
export function EditedBar({ radius, saved, view }: EditedBarProps) {
  const { state, change } = view;
  const [name, setName] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const announce = useAnnounce();
  const edits = editsOf(state, saved);
  if (edits.length === 0) return null;

  const save = async (target: SaveTarget) => {
    const outcome = await saveIncident(target, radius, state);
    if (typeof outcome === 'string') {
      setProblem(outcome);
      return;
    }
    announce(`Saved the incident ${outcome.name}.`);
    setName(null);
    setProblem(null);
    change({ ...NO_OVERRIDES, incident: outcome.id });
  };
  const revert = () => {
    setProblem(null);
    change({ ...NO_OVERRIDES, ...(state.actions === null ? {} : { actions: null }) });
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (name === null || name.trim() === '') setProblem('Enter a name for the incident.');
    else void save({ name: name.trim(), discoveredAt: saved.discoveredAt });
  };
  return (
    <section className={classes.edited} aria-label="Unsaved changes">
      <p>
        <strong>Edited.</strong> “{saved.name}” was saved with other values: {joinNames(edits)}.
      </p>
      {name === null ? (
        <span className={classes.editedActions}>
          {canWrite() && (
            <>
              <Button size="compact-sm" onClick={() => void save({ id: saved.id, ifVersion: saved.version })}>
                Save
              </Button>
              <Button size="compact-sm" variant="default" onClick={() => setName(`${saved.name}, edited`)}>
                Save as new
              </Button>
            </>
          )}
          <Button size="compact-sm" variant="default" onClick={revert}>
            Revert
          </Button>
        </span>
      ) : (
        <form className={classes.editedActions} onSubmit={onSubmit}>
          <TextInput
            size="xs"
            aria-label="Name of the new incident"
            autoFocus
            maxLength={500}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button size="compact-sm" type="submit">
            Save
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => setName(null)}>
            Cancel
          </Button>
        </form>
      )}
      {problem !== null && (
        <p className={classes.editedProblem} role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}
