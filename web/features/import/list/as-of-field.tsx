import { TextInput } from '@mantine/core';
import { DATE_ADVICE, DATE_PLACEHOLDER, isCalendarDay } from '../../../shared/format/typed-date.ts';

interface AsOfFieldProps {
  /** The text that a person typed; null: the list's own day. */
  readonly typed: string | null;
  /** YYYY-MM-DD; empty for the time of the import. */
  readonly day: string;
  readonly because: string | null;
  readonly onType: (text: string) => void;
}

/** Whether a person typed something that is no day. */
export function isWrongDay(typed: string | null): boolean {
  return typed !== null && typed.trim() !== '' && !isCalendarDay(typed.trim());
}

/** The day that a list describes, as its title or its file name gives it. A person can give another. */
export function AsOfField({ typed, day, because, onType }: AsOfFieldProps) {
  return (
    <TextInput
      label="As of"
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      description={because}
      placeholder={DATE_PLACEHOLDER}
      value={typed ?? day}
      error={isWrongDay(typed) ? `As of: ${DATE_ADVICE}` : null}
      onChange={(event) => onType(event.currentTarget.value)}
    />
  );
}
