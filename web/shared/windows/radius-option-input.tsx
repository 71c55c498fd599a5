import { NumberInput } from '@mantine/core';
import type { RadiusOption } from '../generated/radius-options.ts';

/** A value that a person typed, as Mantine gives it: a number, or the text so far. */
export type TypedOption = string | number;

/** The field of one option of a radius. A fraction is typed in percent, to a tenth. */
export function RadiusOptionInput({
  option: { form, min, max, isWhole },
  note = form.note,
  value,
  onChange,
}: {
  readonly option: RadiusOption;
  /** In place of the table's. */
  readonly note?: string;
  readonly value: TypedOption;
  readonly onChange: (value: TypedOption) => void;
}) {
  const factor = form.isPercent ? 100 : 1;
  return (
    <NumberInput
      label={form.isPercent ? `${form.label}, %` : form.label}
      description={note}
      min={min * factor}
      max={max * factor}
      {...(isWhole ? { allowDecimal: false } : { decimalScale: 1 })}
      value={value}
      onChange={onChange}
    />
  );
}

/** A value as its field shows it. */
export function toTypedOption({ form }: RadiusOption, value: number): TypedOption {
  return form.isPercent ? Math.round(value * 1000) / 10 : value;
}

/** The value of a field, moved into its range; null if nothing is typed. */
export function parseTypedOption({ form, min, max, isWhole }: RadiusOption, typed: TypedOption): number | null {
  const number = Number(typed);
  if (typed === '' || !Number.isFinite(number)) return null;
  const value = form.isPercent ? Math.round(number * 10) / 1000 : isWhole ? Math.round(number) : number;
  return Math.min(max, Math.max(min, value));
}
