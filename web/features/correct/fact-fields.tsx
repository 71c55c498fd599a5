import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type ComponentType, type ReactNode, useRef, useState } from 'react';
import type { Named } from '../../shared/facts/fact-tools.tsx';
import { showHidden } from '../../shared/format/hidden-characters.ts';
import { DATE_TIME_PLACEHOLDER } from '../../shared/format/typed-date.ts';
import type { FoundKind, PutFactsInput } from '../../shared/generated/operations.ts';
import { errorSentence } from '../../shared/graphql/error-sentence.ts';
import classes from './correct.module.css';
import type { Editable, Field } from './forms/parse-form.ts';
import { parseForm } from './forms/parse-form.ts';

/** A search for a record, which the page passes in. */
export type RecordFinder = ComponentType<{
  readonly label: string;
  readonly kinds: readonly FoundKind[];
  readonly onPick: (found: Named) => void;
}>;

interface FactFieldsProps {
  readonly editable: Editable;
  readonly Finder: RecordFinder | null;
  readonly submit: string;
  /** Saves the input. Returns what the server has to complain about; undefined: saved. */
  readonly onSave: (input: PutFactsInput) => Promise<string | undefined>;
  readonly onCancel: () => void;
  /** Further buttons. */
  readonly children?: ReactNode;
}

/** The fields of a fact, its source, and the buttons that save it. */
export function FactFields({ editable, Finder, submit, onSave, onCancel, children }: FactFieldsProps) {
  const [texts, setTexts] = useState(editable.values);
  const [names, setNames] = useState(editable.names ?? {});
  // The values are new, so the former source does not support them.
  const [source, setSource] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const set = (name: string, text: string) => setTexts((before) => ({ ...before, [name]: text }));
  const { shortcut } = editable;
  const isCorrection = editable.retraction !== null;
  const label = isCorrection ? 'Source of the correction' : 'Source';
  const save = async () => {
    const values = parseForm(editable, texts);
    if (typeof values === 'string') return setProblem(values);
    if (isCorrection && source.trim() === '') return setProblem(`${label}: name the document, address or person that supports the values.`);
    setSaving(true);
    setProblem(null);
    try {
      const fault = await onSave(editable.toInput(values, source.trim() === '' ? null : source.trim()));
      if (fault !== undefined) setProblem(fault);
    } catch (error) {
      setProblem(errorSentence(error));
    } finally {
      setSaving(false);
    }
  };
  return (
    <form
      ref={form}
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <p className={classes.title}>
        {showHidden(editable.title)}
        {editable.id !== null && <span className={classes.id}>{showHidden(editable.id)}</span>}
      </p>
      {shortcut !== undefined && (
        <div>
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => {
              setTexts((before) => ({ ...before, ...shortcut.values }));
              form.current?.querySelector<HTMLInputElement>(`[name="${shortcut.focus}"]`)?.focus();
            }}
          >
            {shortcut.label}
          </Button>
        </div>
      )}
      {editable.fields.map((field) => (
        <OneField
          key={field.name}
          field={field}
          text={texts[field.name] ?? ''}
          name={names[field.name] ?? null}
          Finder={Finder}
          onText={(text) => set(field.name, text)}
          onPick={(found) => {
            set(field.name, found?.id ?? '');
            setNames((before) => ({ ...before, [field.name]: found?.name ?? '' }));
          }}
        />
      ))}
      <TextInput
        label={label}
        description={sourceNote(isCorrection, editable.source)}
        value={source}
        onChange={(event) => setSource(event.currentTarget.value)}
      />
      {problem !== null && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
      <div className={classes.buttons}>
        <Button type="submit" loading={isSaving}>
          {submit}
        </Button>
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        {children}
      </div>
    </form>
  );
}

function sourceNote(isCorrection: boolean, recorded: string | null): string {
  const wanted = 'The document, address or person that supports the values, such as a deletion certificate.';
  if (!isCorrection) return wanted;
  return recorded === null ? wanted : `${wanted} The history keeps the source until now: ${recorded}.`;
}

interface OneFieldProps {
  readonly field: Field;
  readonly text: string;
  /** Of a chosen record. */
  readonly name: string | null;
  readonly Finder: RecordFinder | null;
  readonly onText: (text: string) => void;
  readonly onPick: (found: Named | null) => void;
}

function OneField({ field, text, name, Finder, onText, onPick }: OneFieldProps) {
  switch (field.type) {
    case 'choice':
      return (
        <NativeSelect
          label={field.label}
          name={field.name}
          data={field.choices.map(({ value, label }) => ({ value, label }))}
          value={text}
          onChange={(event) => onText(event.currentTarget.value)}
        />
      );
    case 'record':
      return (
        <div className={classes.record}>
          <span className={classes.label}>{field.label}</span>
          {text !== '' || Finder === null ? (
            <span className={classes.chosen}>
              <span>
                {showHidden(name ?? '')} <span className={classes.id}>{showHidden(text)}</span>
              </span>
              {Finder !== null && (
                <Button variant="subtle" size="compact-sm" onClick={() => onPick(null)} aria-label={`Change: ${field.label}`}>
                  Change
                </Button>
              )}
            </span>
          ) : (
            <Finder label={`Find: ${field.label}`} kinds={field.kinds} onPick={onPick} />
          )}
        </div>
      );
    default:
      return (
        <TextInput
          label={field.label}
          name={field.name}
          description={field.note}
          placeholder={field.type === 'date' ? DATE_TIME_PLACEHOLDER : undefined}
          inputMode={field.type === 'number' ? 'decimal' : undefined}
          value={text}
          onChange={(event) => onText(event.currentTarget.value)}
        />
      );
  }
}
