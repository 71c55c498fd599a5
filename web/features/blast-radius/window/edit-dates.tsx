import { Button, Popover } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { fieldsOf, parseWindows, type Windows } from '../../../shared/windows/window-fields.ts';
import { WindowInputs } from '../../../shared/windows/window-inputs.tsx';
import classes from '../summary/forms.module.css';
import type { ChangeBlast } from '../use-blast-view.ts';

interface EditDatesProps {
  readonly windows: Windows;
  /** First and last instant of the data, in milliseconds. */
  readonly range: { readonly from: number; readonly until: number };
  readonly change: ChangeBlast;
}

/** A form for both windows. It replaces the handles for people who do not use a pointer. */
export function EditDates(props: EditDatesProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover opened={isOpen} onChange={setOpen} position="top-start" width={440} shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="subtle" size="compact-xs" ml={-8} onClick={() => setOpen((open) => !open)}>
          Edit dates
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Edit dates">{isOpen && <DatesForm {...props} onDone={() => setOpen(false)} />}</Popover.Dropdown>
    </Popover>
  );
}

function DatesForm({ windows, range, change, onDone }: EditDatesProps & { readonly onDone: () => void }) {
  const [core, setCore] = useState(() => fieldsOf(windows.core));
  const [widest, setWidest] = useState(() => fieldsOf(windows.widest));
  const [problem, setProblem] = useState<string | null>(null);
  const apply = (event: FormEvent) => {
    event.preventDefault();
    const next = parseWindows(core, widest);
    if (typeof next === 'string') setProblem(next);
    else {
      change(next);
      onDone();
    }
  };
  return (
    <form className={classes.form} onSubmit={apply}>
      <h2>Time window</h2>
      <p className={classes.note}>
        Dates are in UTC. In the core window, the attacker was certainly inside. In the widest window, the attacker may have been inside.
      </p>
      <WindowInputs label="Core" value={core} onChange={setCore} />
      <WindowInputs label="Widest" value={widest} onChange={setWidest} />
      {problem !== null && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
      <div className={classes.buttons}>
        <Button type="submit">Apply</Button>
        <Button
          variant="default"
          onClick={() => {
            setWidest(fieldsOf({ from: new Date(range.from).toISOString(), to: new Date(range.until).toISOString() }));
          }}
        >
          Widen to all data
        </Button>
        <Button
          variant="default"
          onClick={() => {
            change({ core: null, widest: null });
            onDone();
          }}
        >
          Reset
        </Button>
      </div>
    </form>
  );
}
