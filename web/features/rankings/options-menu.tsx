import { Button, NumberInput, Popover } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { type Fields, fieldsOf, parseWindows } from '../../shared/windows/window-fields.ts';
import { WindowInputs } from '../../shared/windows/window-inputs.tsx';
import classes from './rankings.module.css';
import type { RankingsView } from './use-rankings.ts';

const BLANK: Fields = { from: '', to: '' };

/** The windows and options that all rows of a ranking share. */
export function OptionsMenu({ view }: { readonly view: RankingsView }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" width={360} shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={classes.change} aria-expanded={isOpen} onClick={() => setOpen((open) => !open)}>
          Change
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Windows and options">
        {isOpen && <OptionsForm view={view} onDone={() => setOpen(false)} />}
      </Popover.Dropdown>
    </Popover>
  );
}

function OptionsForm({ view, onDone }: { readonly view: RankingsView; readonly onDone: () => void }) {
  const { state, change } = view;
  const [core, setCore] = useState(state.core === null ? BLANK : fieldsOf(state.core));
  const [widest, setWidest] = useState(state.widest === null ? BLANK : fieldsOf(state.widest));
  const [hops, setHops] = useState<string | number>(state.maxHops ?? 3);
  const [problem, setProblem] = useState<string | null>(null);
  const isBlank = (fields: Fields) => fields.from.trim() === '' && fields.to.trim() === '';
  const apply = (event: FormEvent) => {
    event.preventDefault();
    const maxHops = hops === '' || Number(hops) === 3 ? null : Number(hops);
    if (isBlank(core) && isBlank(widest)) {
      change({ core: null, widest: null, maxHops });
      return onDone();
    }
    const windows = parseWindows(isBlank(core) ? widest : core, isBlank(widest) ? core : widest);
    if (typeof windows === 'string') return setProblem(windows);
    change({ ...windows, maxHops });
    onDone();
  };
  return (
    <form className={classes.form} onSubmit={apply}>
      <h2>When</h2>
      <p className={classes.note}>Dates in UTC. Blank: what is held now.</p>
      <WindowInputs label="Core" value={core} onChange={setCore} />
      <WindowInputs label="Widest" value={widest} onChange={setWidest} />
      <NumberInput
        label="Hops"
        description="Access links to follow. 0 = the origin only."
        min={0}
        max={10}
        allowDecimal={false}
        value={hops}
        onChange={setHops}
      />
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
            change({ core: null, widest: null, maxHops: null, transferLikelihood: null, minDegree: null });
            onDone();
          }}
        >
          Reset to now
        </Button>
      </div>
    </form>
  );
}
