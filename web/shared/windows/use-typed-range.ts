import { type ChangeEvent, type FormEvent, useState } from 'react';
import type { TimeWindow } from '../url/params.ts';
import { parseTypedRange, RANGE_ADVICE } from './typed-range.ts';

interface TypedRange {
  /** The name of the field, at the start of its problem. */
  readonly words: string;
  /** Nothing happens to an empty field; else it is a problem. */
  readonly isOptional?: boolean;
  readonly onRange: (range: TimeWindow) => void;
}

/** A field for a date range as people type it. A text that is none leaves a problem until it changes; a range empties the field. */
export function useTypedRange({ words, isOptional = false, onRange }: TypedRange) {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const onChange = (event: ChangeEvent<HTMLInputElement>) => {
    setText(event.currentTarget.value);
    setProblem(null);
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (isOptional && text.trim() === '') return;
    const range = parseTypedRange(text, new Date().toISOString());
    if (range === null) return setProblem(`${words}: ${RANGE_ADVICE}`);
    setText('');
    onRange(range);
  };
  return { problem, forget: () => setProblem(null), field: { placeholder: 'e.g. May 8 - Sep 24', value: text, onChange }, onSubmit };
}
