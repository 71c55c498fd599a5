import { SegmentedControl } from '@mantine/core';

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
}

/** A choice among a few visible options. */
export function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  return <SegmentedControl aria-label={label} value={value} onChange={onChange} data={[...options]} />;
}
