import { TextInput } from '@mantine/core';
import { DATE_TIME_PLACEHOLDER } from '../format/typed-date.ts';
import type { Fields } from './window-fields.ts';
import classes from './window-inputs.module.css';

interface WindowInputsProps {
  /** The name of the window, such as "Core". */
  readonly label: string;
  readonly value: Fields;
  readonly onChange: (value: Fields) => void;
}

/** The two text fields of one window. */
export function WindowInputs({ label, value, onChange }: WindowInputsProps) {
  return (
    <div className={classes.pair}>
      <TextInput
        label={`${label} start`}
        placeholder={DATE_TIME_PLACEHOLDER}
        value={value.from}
        onChange={(event) => onChange({ ...value, from: event.currentTarget.value })}
      />
      <TextInput
        label={`${label} end`}
        placeholder={DATE_TIME_PLACEHOLDER}
        value={value.to}
        onChange={(event) => onChange({ ...value, to: event.currentTarget.value })}
      />
    </div>
  );
}
