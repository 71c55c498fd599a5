import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { RenameImportDocument } from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { errorSentence } from '../../shared/graphql/error-sentence.ts';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import { focusResult } from '../../shared/ui/focus-result.ts';
import classes from './import-head.module.css';

interface RenameImportProps {
  readonly id: string;
  readonly title: string;
  readonly onRenamed: () => void;
}

/** Gives an import a name, in place of its title. */
export function RenameImport({ id, title, onRenamed }: RenameImportProps) {
  const [text, setText] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const announce = useAnnounce();
  if (text === null) {
    return (
      <Button variant="subtle" size="compact-xs" aria-label={`Rename ${title}`} data-result="import:rename" onClick={() => setText(title)}>
        Rename
      </Button>
    );
  }
  const close = () => {
    focusResult('import:rename');
    setText(null);
    setProblem(null);
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    try {
      const { data } = await client.mutate({ mutation: RenameImportDocument, variables: { input: { id, name: text } } });
      const refusal = data?.renameImport.userErrors[0]?.message;
      if (refusal !== undefined) return setProblem(refusal);
      announce('Renamed.');
      close();
      onRenamed();
    } catch (error) {
      setProblem(errorSentence(error));
    }
  };
  return (
    <form className={classes.rename} onSubmit={save} onKeyDown={(event) => event.key === 'Escape' && close()}>
      <TextInput
        aria-label="Name of the import"
        size="xs"
        value={text}
        maxLength={200}
        error={problem}
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
