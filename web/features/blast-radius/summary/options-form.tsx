import { Button, NumberInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { DATE_TIME_ADVICE, DATE_TIME_PLACEHOLDER, formatTypedDate, parseTypedDate } from '../../../shared/format/typed-date.ts';
import { RADIUS_DEFAULTS } from '../../../shared/url/unread-values.ts';
import type { RadiusAnswer } from '../lanes/lanes-radius.ts';
import type { ChangeBlast } from '../use-blast-view.ts';
import classes from './forms.module.css';

const { maxHops: defaultHops, transferLikelihood: defaultTransfer, minDegree: defaultDegree } = RADIUS_DEFAULTS;

/** The options of a blast radius: how far the compromise spreads, which reveals count, and as of when. Chances are in percent. */
export function OptionsForm({ radius, change }: { readonly radius: RadiusAnswer; readonly change: ChangeBlast }) {
  const [hops, setHops] = useState<string | number>(radius.maxHops);
  const [transfer, setTransfer] = useState<string | number>(roundPercent(radius.transferLikelihood));
  const [degree, setDegree] = useState<string | number>(roundPercent(radius.minDegree));
  const [knownAt, setKnownAt] = useState(radius.knownAt === null ? '' : formatTypedDate(radius.knownAt, 'end'));
  const [problem, setProblem] = useState<string | null>(null);
  const apply = (event: FormEvent) => {
    event.preventDefault();
    const next = { maxHops: within(hops, 0, 10), transferLikelihood: fraction(transfer), minDegree: fraction(degree) };
    const known = knownAt.trim() === '' ? null : parseTypedDate(knownAt, 'end');
    if (known === null && knownAt.trim() !== '') {
      setProblem(`Known at: ${DATE_TIME_ADVICE}`);
      return;
    }
    setProblem(null);
    // An unchanged option stays out of the address, so that a saved incident keeps its own.
    change({
      ...(next.maxHops === radius.maxHops ? {} : { maxHops: next.maxHops }),
      ...(next.transferLikelihood === radius.transferLikelihood ? {} : { transferLikelihood: next.transferLikelihood }),
      ...(next.minDegree === radius.minDegree ? {} : { minDegree: next.minDegree }),
      ...(known?.slice(0, 16) === radius.knownAt?.slice(0, 16) ? {} : { knownAt: known }),
    });
  };
  const reset = () => {
    setHops(defaultHops);
    setTransfer(roundPercent(defaultTransfer));
    setDegree(roundPercent(defaultDegree));
    setKnownAt('');
    setProblem(null);
    change({ maxHops: null, transferLikelihood: null, minDegree: null, knownAt: null });
  };
  return (
    <form className={classes.form} onSubmit={apply}>
      <h2>Options</h2>
      <NumberInput
        label="Hops"
        description="Access links to follow. 0 = compromised organizations only."
        min={0}
        max={10}
        allowDecimal={false}
        value={hops}
        onChange={setHops}
      />
      <NumberInput
        label="Transfer likelihood, %"
        description="Chance that the compromise spreads to recipients."
        min={0}
        max={100}
        decimalScale={1}
        value={transfer}
        onChange={setTransfer}
      />
      <NumberInput
        label="Minimum reveal, %"
        description="Ignore reveals below this percentage."
        min={0}
        max={100}
        decimalScale={1}
        value={degree}
        onChange={setDegree}
      />
      <TextInput
        label="Known at (UTC)"
        description="Use data as recorded on this date. Blank = today."
        placeholder={DATE_TIME_PLACEHOLDER}
        error={problem}
        value={knownAt}
        onChange={(event) => setKnownAt(event.currentTarget.value)}
      />
      <div className={classes.buttons}>
        <Button type="submit">Apply</Button>
        <Button variant="default" onClick={reset}>
          Reset to defaults
        </Button>
      </div>
    </form>
  );
}

function within(value: string | number, min: number, max: number): number | null {
  const number = Number(value);
  return value === '' || !Number.isFinite(number) ? null : Math.min(max, Math.max(min, Math.round(number)));
}

function fraction(percent: string | number): number | null {
  const number = Number(percent);
  return percent === '' || !Number.isFinite(number) ? null : Math.min(1, Math.max(0, Math.round(number * 10) / 1000));
}

function roundPercent(value: number): number {
  return Math.round(value * 1000) / 10;
}
