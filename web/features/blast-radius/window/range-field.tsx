import { TextInput } from '@mantine/core';
import { type FormEvent, memo, useId, useState } from 'react';
import { parseTypedRange, RANGE_ADVICE } from '../../../shared/windows/typed-range.ts';
import classes from './time-window.module.css';

interface RangeFieldProps {
  /** Epoch milliseconds. */
  readonly onChange: (from: number, until: number) => void;
}

/** One field for a whole date range, which becomes the widest window. */
export const RangeField = memo(function RangeField({ onChange }: RangeFieldProps) {
  const [text, setText] = useState('');
  const problemId = useId();
  const [problem, setProblem] = useState<string | null>(null);
  const apply = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '') return;
    const range = parseTypedRange(text, new Date().toISOString());
    if (range === null) {
      setProblem(`Range: ${RANGE_ADVICE}`);
      return;
    }
    setText('');
    onChange(Date.parse(range.from), Date.parse(range.to));
  };
  return (
    <form className={classes.range} onSubmit={apply}>
      <TextInput
        size="xs"
        aria-label="Date range, in UTC"
        placeholder="May 8 - Sep 24"
        title="Type a date range and press Enter. It becomes the widest window."
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setProblem(null);
        }}
        onBlur={() => setProblem(null)}
        error={problem !== null}
        aria-describedby={problem === null ? undefined : problemId}
      />
      {problem !== null && (
        <p id={problemId} className={classes.rangeProblem} role="alert">
          {problem}
        </p>
      )}
    </form>
  );
});
