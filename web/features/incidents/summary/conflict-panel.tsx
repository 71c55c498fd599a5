import { Button } from '@mantine/core';
import { useState } from 'react';
import classes from '../incidents.module.css';
import { type Draft, differencesOf } from './draft.ts';

interface ConflictPanelProps {
  readonly mine: Draft;
  /** The version that somebody else saved. */
  readonly theirs: Draft;
  readonly onResolve: (draft: Draft) => void;
}

/** Two versions of an incident side by side. The person chooses field by field; nothing is saved yet. */
export function ConflictPanel({ mine, theirs, onResolve }: ConflictPanelProps) {
  const differences = differencesOf(mine, theirs);
  const [taken, setTaken] = useState<ReadonlySet<keyof Draft>>(new Set());
  const choose = (field: keyof Draft, isTheirs: boolean) => {
    const next = new Set(taken);
    if (isTheirs) next.add(field);
    else next.delete(field);
    setTaken(next);
  };
  const resolved = () => {
    const fields = [...taken].map((field) => [field, theirs[field]]);
    return { ...mine, ...Object.fromEntries(fields) } as Draft;
  };
  return (
    <section className={classes.conflict} aria-label="Two versions">
      <h2>Somebody saved the incident while you edited it</h2>
      {differences.length === 0 ? (
        <p>Both versions say the same.</p>
      ) : (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Yours</th>
              <th scope="col">Saved by the other</th>
            </tr>
          </thead>
          <tbody>
            {differences.map(({ field, label, mine: own, theirs: other }) => (
              <tr key={field}>
                <th scope="row">{label}</th>
                <td>
                  <label>
                    <input type="radio" name={field} checked={!taken.has(field)} onChange={() => choose(field, false)} /> {own}
                  </label>
                </td>
                <td>
                  <label>
                    <input type="radio" name={field} checked={taken.has(field)} onChange={() => choose(field, true)} /> {other}
                  </label>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className={classes.buttons}>
        <Button onClick={() => onResolve(resolved())}>Continue with this choice</Button>
        <Button variant="default" onClick={() => onResolve(theirs)}>
          Take the saved version
        </Button>
      </div>
    </section>
  );
}
