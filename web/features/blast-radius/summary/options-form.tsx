import { Button, NumberInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { RadiusAnswer } from '../lanes/lanes-radius.ts';
import type { ChangeBlast } from '../use-blast-view.ts';
import classes from './forms.module.css';

const DEFAULTS = { hops: 3, transfer: 0, degree: 5 };

/** The options of the question: how far compromise spreads, and how little of an artifact counts. Chances are in per cent. */
export function OptionsForm({ radius, change }: { readonly radius: RadiusAnswer; readonly change: ChangeBlast }) {
  const [hops, setHops] = useState<string | number>(radius.maxHops);
  const [transfer, setTransfer] = useState<string | number>(roundPercent(radius.transferLikelihood));
  const [degree, setDegree] = useState<string | number>(roundPercent(radius.minDegree));
  const [knownAt, setKnownAt] = useState(radius.knownAt?.slice(0, 16) ?? '');
  const apply = (event: FormEvent) => {
    event.preventDefault();
    const next = { maxHops: within(hops, 0, 10), transferLikelihood: fraction(transfer), minDegree: fraction(degree) };
    const known = knownAt === '' ? null : new Date(`${knownAt}Z`).toISOString();
    // What stays as it is answered stays out of the address: a saved incident keeps its own.
    change({
      ...(next.maxHops === radius.maxHops ? {} : { maxHops: next.maxHops }),
      ...(next.transferLikelihood === radius.transferLikelihood ? {} : { transferLikelihood: next.transferLikelihood }),
      ...(next.minDegree === radius.minDegree ? {} : { minDegree: next.minDegree }),
      ...(known?.slice(0, 16) === radius.knownAt?.slice(0, 16) ? {} : { knownAt: known }),
    });
  };
  const reset = () => {
    setHops(DEFAULTS.hops);
    setTransfer(DEFAULTS.transfer);
    setDegree(DEFAULTS.degree);
    setKnownAt('');
    change({ maxHops: null, transferLikelihood: null, minDegree: null, knownAt: null });
  };
  return (
    <form className={classes.form} onSubmit={apply}>
      <h2>Options</h2>
      <NumberInput
        label="Most hops"
        description="Steps of spread over access; 0: the origins only."
        min={0}
        max={10}
        allowDecimal={false}
        value={hops}
        onChange={setHops}
      />
      <NumberInput
        label="Chance along a transfer, %"
        description="That compromise passes to whoever was sent a copy."
        min={0}
        max={100}
        decimalScale={1}
        value={transfer}
        onChange={setTransfer}
      />
      <NumberInput
        label="Least degree of a reveal, %"
        description="What reveals less of another artifact does not count."
        min={0}
        max={100}
        decimalScale={1}
        value={degree}
        onChange={setDegree}
      />
      <TextInput
        type="datetime-local"
        label="As known at (UTC)"
        description="From the facts as they were recorded then. Empty: now."
        value={knownAt}
        onChange={(event) => setKnownAt(event.currentTarget.value)}
      />
      <div className={classes.buttons}>
        <Button type="submit">Apply</Button>
        <Button variant="default" onClick={reset}>
          Defaults
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
