import { FACT_KIND_WORDS } from '../../../shared/format/fact-name.ts';
import type { ColumnMappingInput, FactKind } from '../../../shared/generated/operations.ts';
import { readableFields } from './field-words.ts';

interface Column {
  readonly column: string;
  readonly use: string;
  readonly kind: FactKind | null;
  readonly field: string | null;
  readonly control: string | null;
}

/** The value of a choice in the columns table: `FIELD ORGANIZATION name`, `CONTROL`, `ATTRIBUTE`, `IGNORED`. */
export function choiceOf({ use, kind, field }: Column): string {
  return use === 'FIELD' && kind !== null && field !== null ? `FIELD ${kind} ${field}` : use;
}

/** The choices for a column, grouped. The rows of its list make facts of these kinds. */
export function choicesFor(kinds: readonly FactKind[]): { group: string; items: { value: string; label: string }[] }[] {
  const own = kinds.filter((kind) => (kind !== 'CONTROL' && kind !== 'TRANSFER') || kinds.length === 1);
  // A row of a custody list may describe its artifact.
  const fields: readonly FactKind[] = own.join() === 'TRANSFER' ? ['TRANSFER', 'ARTIFACT'] : own;
  return [
    {
      group: 'Other uses',
      items: [
        { value: 'ATTRIBUTE', label: 'Keep as text' },
        { value: 'IGNORED', label: 'Leave out' },
        ...(kinds.includes('ENGAGEMENT') ? [{ value: 'FIELD TRANSFER artifact', label: 'Artifacts that the vendors get' }] : []),
        ...(kinds.includes('ORGANIZATION') ? [{ value: 'CONTROL', label: 'Evidence of a control' }] : []),
      ],
    },
    ...fields.map((kind) => ({
      group: FACT_KIND_WORDS[kind],
      items: readableFields(kind).map(({ name, words }) => ({
        value: `FIELD ${kind} ${name}`,
        label: `${FACT_KIND_WORDS[kind]}: ${words}`,
      })),
    })),
  ];
}

/** The decision for a choice. Evidence of a control takes the control's name from the header, unless a name is given. */
export function decisionFor(index: number, column: Column, choice: string, control: string | null = null): ColumnMappingInput {
  const [use, kind, field] = choice.split(' ');
  if (use === 'FIELD') return { index, use, kind: kind as FactKind, field: field as string };
  if (use === 'CONTROL') return { index, use, control: control ?? column.control ?? controlName(column.column) };
  return { index, use: use as 'ATTRIBUTE' | 'IGNORED' };
}

/** `SOC 2 Type II` as `SOC_2_TYPE_II`. */
export function controlName(text: string): string {
  const name = text
    .trim()
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_|_$/g, '');
  return name === '' ? 'CONTROL' : name;
}
