import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { DATE_TIME_ADVICE, DATE_TIME_PLACEHOLDER, type Edge, parseTypedDate } from '../format/typed-date.ts';
import { errorSentence } from '../graphql/error-sentence.ts';
import { isFocusLost, useFocusBack } from '../ui/focus-result.ts';
import type { Fault, Refused } from './ask-change.ts';
import classes from './change-form.module.css';

/** A field of a change. Its value is a text. */
export interface ChangeField<Name extends string = string> {
  readonly name: Name;
  readonly label: string;
  /** The label is spoken only. */
  readonly isLabelHidden?: boolean;
  readonly note?: string | undefined;
  readonly placeholder?: string;
  readonly maxLength?: number;
  /** One of some values. */
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
  /** A date: `save` gets the instant at this edge of a day without a time. */
  readonly edge?: Edge;
  readonly isNumber?: boolean;
  /** A text of several lines, this many at least. */
  readonly lines?: number;
  /** The sentence where the field is empty. */
  readonly needed?: string;
  /** Gets the focus where a dialog opens with the form. */
  readonly isFirst?: boolean;
  /** Takes the place of the field. */
  readonly draw?: (text: string, onText: (text: string) => void) => ReactNode;
}

type Texts<Name extends string> = Readonly<Record<Name, string>>;

/** @returns why the change was not made; nothing: it was made */
type Save<Name extends string> = (texts: Texts<Name>) => Promise<Refused | undefined>;

interface ChangeFormProps<Name extends string> {
  /** Accessible name. */
  readonly label?: string;
  /** Fields beside each other on a tinted ground; beside each other; below each other. */
  readonly look?: 'bar' | 'row' | 'column';
  readonly isSmall?: boolean;
  /** The main button is that of another form. */
  readonly isMinor?: boolean;
  readonly fields: readonly ChangeField<Name>[] | ((texts: Texts<Name>) => readonly ChangeField<Name>[]);
  /** The first texts. */
  readonly start: Texts<Name>;
  /** The word on the button that saves. */
  readonly submit: string;
  /** Makes the change. Gets the texts without space around them; dates as RFC 3339, or empty. */
  readonly save: Save<Name>;
  /** A second way to save. */
  readonly also?: { readonly submit: string; readonly save: Save<Name> } | undefined;
  /** A saved form that stays begins anew. */
  readonly isKept?: boolean;
  /** Gets the texts when the focus leaves a field. */
  readonly onLeave?: (texts: Texts<Name>) => void;
  /** A button, and Escape. */
  readonly onCancel?: () => void;
  /** The form opened at a press: it takes the focus, and gives it back when it closes. */
  readonly isOpened?: boolean;
  /** Above the fields. */
  readonly head?: ReactNode | ((set: (texts: Partial<Record<Name, string>>) => void) => ReactNode);
  /** Below the fields. */
  readonly children?: ReactNode | ((texts: Texts<Name>) => ReactNode);
  /** Takes the place of the buttons. */
  readonly instead?: ReactNode;
  /** Beside the buttons. */
  readonly more?: ReactNode | ((texts: Texts<Name>) => ReactNode);
  /** Id of what the button that saves is described by. */
  readonly submitDescribedBy?: string;
}

/**
 * The form of every change: its fields, one save at a time, what the server does not take at the field that it names, cancel by button and
 * Escape. The focus never falls to the page: a refused change puts it into the field to correct.
 */
export function ChangeForm<Name extends string>(props: ChangeFormProps<Name>) {
  const { start, also, onCancel, isOpened = false, look = 'column', isSmall, children } = props;
  const [texts, setTexts] = useState(start);
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const [isSaving, setSaving] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useFocusBack(isOpened);
  useEffect(() => {
    if (isOpened) form.current?.querySelector<HTMLElement>('input, select, textarea')?.focus();
  }, [isOpened]);
  useEffect(() => {
    if (faults.length === 0) return;
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    if (wrong != null) wrong.focus();
    else if (isFocusLost()) form.current?.querySelector<HTMLElement>('[type="submit"]')?.focus();
  }, [faults]);
  const fields = typeof props.fields === 'function' ? props.fields(texts) : props.fields;
  const set = (changed: Partial<Record<Name, string>>) => setTexts((before) => ({ ...before, ...changed }));
  const at = ({ path }: Fault) => fields.find(({ name, draw }) => name === path?.[0] && draw === undefined)?.name;

  const run = async (save: Save<Name>) => {
    const { values, wrong } = readFields(fields, texts);
    setFaults(wrong);
    if (isSaving || wrong.length > 0) return;
    setSaving(true);
    try {
      const refused = await save(values);
      setFaults(refused?.faults ?? []);
      // Text that was typed meanwhile stays.
      if (refused === undefined && props.isKept) setTexts((now) => (now === texts ? start : now));
    } catch (error) {
      setFaults([{ message: errorSentence(error) }]);
    } finally {
      setSaving(false);
    }
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void run(props.save);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const isListed = event.target instanceof Element && event.target.matches('[role="combobox"]');
    if (event.key !== 'Escape' || onCancel === undefined || !isOpened || isListed) return;
    event.stopPropagation();
    onCancel();
  };
  const size = isSmall ? ({ size: 'compact-sm' } as const) : {};
  return (
    <form
      ref={form}
      className={`${classes.form} ${classes[look]}`}
      aria-label={props.label}
      onSubmit={onSubmit}
      onKeyDown={onKeyDown}
      onBlur={() => props.onLeave?.(texts)}
      noValidate
    >
      {typeof props.head === 'function' ? props.head(set) : props.head}
      {fields.map((field) => (
        <Field
          key={field.name}
          field={field}
          text={texts[field.name]}
          fault={faults.find((fault) => at(fault) === field.name)?.message}
          onText={(text) => set({ [field.name]: text } as Partial<Record<Name, string>>)}
        />
      ))}
      {typeof children === 'function' ? children(texts) : children}
      {faults
        .filter((fault) => at(fault) === undefined)
        .map(({ message }) => (
          <p key={message} className={classes.problem} role="alert">
            {message}
          </p>
        ))}
      {props.instead ?? (
        <div className={classes.buttons}>
          <Button
            type="submit"
            variant={props.isMinor ? 'default' : 'filled'}
            {...size}
            loading={isSaving}
            aria-describedby={props.submitDescribedBy}
          >
            {props.submit}
          </Button>
          {also !== undefined && (
            <Button variant="default" {...size} loading={isSaving} onClick={() => void run(also.save)}>
              {also.submit}
            </Button>
          )}
          {onCancel !== undefined && (
            <Button variant="default" {...size} onClick={onCancel}>
              Cancel
            </Button>
          )}
          {typeof props.more === 'function' ? props.more(texts) : props.more}
        </div>
      )}
    </form>
  );
}

/** The values of the fields as `save` takes them, and what is wrong with them. */
function readFields<Name extends string>(fields: readonly ChangeField<Name>[], texts: Texts<Name>) {
  const values: Record<Name, string> = { ...texts };
  const wrong: Fault[] = [];
  for (const { name, label, edge, needed } of fields) {
    const text = texts[name].trim();
    values[name] = text;
    if (text === '' && needed !== undefined) wrong.push({ path: [name], message: needed });
    if (text === '' || edge === undefined) continue;
    const instant = parseTypedDate(text, edge);
    if (instant === null) wrong.push({ path: [name], message: `${label}: “${text}” is no date. Please ${DATE_TIME_ADVICE}` });
    else values[name] = instant;
  }
  return { values, wrong };
}

interface FieldProps {
  readonly field: ChangeField;
  readonly text: string;
  readonly fault: string | undefined;
  readonly onText: (text: string) => void;
}

function Field({ field, text, fault, onText }: FieldProps) {
  const { name, label, isLabelHidden, note, choices, edge, isNumber, lines, maxLength, draw } = field;
  if (draw !== undefined) return draw(text, onText);
  const common = {
    name,
    value: text,
    'data-autofocus': field.isFirst,
    // Spoken at once, as what the form says below its fields.
    error: fault === undefined ? undefined : <span role="alert">{fault}</span>,
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => onText(event.currentTarget.value),
    ...(isLabelHidden ? { 'aria-label': label } : { label, description: note }),
  };
  if (choices !== undefined) return <NativeSelect {...common} data={[...choices]} />;
  const placeholder = field.placeholder ?? (edge === undefined ? undefined : DATE_TIME_PLACEHOLDER);
  const typed = { ...common, placeholder, maxLength };
  if (lines !== undefined) return <Textarea {...typed} autosize minRows={lines} maxRows={10} />;
  return <TextInput {...typed} inputMode={isNumber ? 'decimal' : undefined} />;
}
