import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { FixImportCellDocument } from '../../../../shared/generated/operations.ts';
import { client } from '../../../../shared/graphql/client.ts';
import { errorSentence } from '../../../../shared/graphql/error-sentence.ts';
import { focusResult } from '../../../../shared/ui/focus-result.ts';
import classes from './rows-table.module.css';

interface CorrectCellProps {
  readonly id: string;
  readonly file: string;
  readonly line: number;
  readonly column: string;
  /** Of the column, from 0. */
  readonly index: number;
  readonly value: string | null;
  readonly onChanged: () => void;
}

/** Corrects one cell of a draft in place. The uploaded file stays as it came. */
export function CorrectCell({ id, file, line, column, index, value, onChanged }: CorrectCellProps) {
  const [text, setText] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const where = `${column}, ${file}:${line}`;
  if (text === null) {
    return (
      <div className={classes.correct}>
        <Button
          variant="default"
          size="compact-sm"
          aria-label={`Correct ${where}`}
          data-result={`correct:${where}`}
          onClick={() => setText(value ?? '')}
        >
          Correct
        </Button>
      </div>
    );
  }
  const close = () => {
    focusResult(`correct:${where}`);
    setText(null);
    setError(null);
  };
  const save = async () => {
    try {
      const { data } = await client.mutate({
        mutation: FixImportCellDocument,
        variables: { input: { import: id, file, line, index, text } },
      });
      const problem = data?.fixImportCell.userErrors[0];
      if (problem !== undefined) return setError(problem.message);
      onChanged();
    } catch (caught) {
      setError(errorSentence(caught));
    }
  };
  return (
    <form
      className={classes.correct}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      <TextInput
        size="xs"
        aria-label={`New text of ${where}`}
        value={text}
        error={error}
        autoFocus
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" size="compact-sm">
        Save
      </Button>
      <Button variant="default" size="compact-sm" onClick={close}>
        Cancel
      </Button>
    </form>
  );
}
