import { Button } from '@mantine/core';
import { type ComponentType, type ReactNode, useState } from 'react';
import { Refused } from '../../shared/changes/ask-change.ts';
import { type ChangeField, ChangeForm } from '../../shared/changes/change-form.tsx';
import type { Named } from '../../shared/facts/fact-tools.tsx';
import { showHidden } from '../../shared/format/hidden-characters.ts';
import { DATE_TIME_PLACEHOLDER } from '../../shared/format/typed-date.ts';
import type { FoundKind, PutFactsInput } from '../../shared/generated/operations.ts';
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
  /** Saves the input. Returns why it was not saved; undefined: it was. */
  readonly onSave: (input: PutFactsInput) => Promise<Refused | undefined>;
  readonly onCancel: () => void;
  /** Further buttons. */
  readonly children?: ReactNode;
}

/** The fields of a fact, its source, and the buttons that save it. */
export function FactFields({ editable, Finder, submit, onSave, onCancel, children }: FactFieldsProps) {
  const [names, setNames] = useState(editable.names ?? {});
  const { shortcut } = editable;
  const isCorrection = editable.retraction !== null;
  const label = isCorrection ? 'Source of the correction' : 'Source';
  const fieldOf = (field: Field): ChangeField => {
    const { name, label, note } = field;
    const common = { name, label, note };
    switch (field.type) {
      case 'choice':
        return { ...common, choices: field.choices };
      case 'record':
        return {
          ...common,
          draw: (text, onText) => (
            <RecordField
              field={field}
              text={text}
              name={names[name] ?? null}
              Finder={Finder}
              onPick={(found) => {
                onText(found?.id ?? '');
                setNames((before) => ({ ...before, [name]: found?.name ?? '' }));
              }}
            />
          ),
        };
      case 'date':
        return { ...common, placeholder: DATE_TIME_PLACEHOLDER };
      default:
        return { ...common, isNumber: field.type === 'number' };
    }
  };
  return (
    <ChangeForm
      head={(set) => (
        <>
          <p className={classes.title}>
            {showHidden(editable.title)}
            {editable.id !== null && <span className={classes.id}>{showHidden(editable.id)}</span>}
          </p>
          {shortcut !== undefined && (
            <div>
              <Button
                variant="default"
                size="compact-sm"
                onClick={(event) => {
                  set(shortcut.values);
                  event.currentTarget.form?.querySelector<HTMLInputElement>(`[name="${shortcut.focus}"]`)?.focus();
                }}
              >
                {shortcut.label}
              </Button>
            </div>
          )}
        </>
      )}
      fields={[...editable.fields.map(fieldOf), { name: SOURCE, label, note: sourceNote(isCorrection, editable.source) }]}
      // The values are new, so the former source does not support them.
      start={{ ...editable.values, [SOURCE]: '' }}
      submit={submit}
      save={async ({ [SOURCE]: source = '', ...texts }) => {
        const values = parseForm(editable, texts);
        if (values instanceof Refused) return values;
        if (isCorrection && source === '')
          return new Refused({ path: [SOURCE], message: `${label}: name the document, address or person that supports the values.` });
        return onSave(editable.toInput(values, source || null));
      }}
      onCancel={onCancel}
      more={children}
    />
  );
}

/** A name that no field of a fact has. */
const SOURCE = 'source of the values';

function sourceNote(isCorrection: boolean, recorded: string | null): string {
  const wanted = 'The document, address or person that supports the values, such as a deletion certificate.';
  if (!isCorrection) return wanted;
  return recorded === null ? wanted : `${wanted} The history keeps the source until now: ${recorded}.`;
}

interface RecordFieldProps {
  readonly field: Extract<Field, { readonly type: 'record' }>;
  readonly text: string;
  /** Of a chosen record. */
  readonly name: string | null;
  readonly Finder: RecordFinder | null;
  readonly onPick: (found: Named | null) => void;
}

function RecordField({ field, text, name, Finder, onPick }: RecordFieldProps) {
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
}
