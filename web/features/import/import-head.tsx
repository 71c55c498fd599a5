import { Button } from '@mantine/core';
import { useState } from 'react';
import { Refused, sendChange } from '../../shared/changes/ask-change.ts';
import { ChangeForm } from '../../shared/changes/change-form.tsx';
import { RenameImportDocument } from '../../shared/generated/operations.ts';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import { focusResult } from '../../shared/ui/focus-result.ts';
import { IconCheck, IconHistory } from '../../shared/ui/icons.tsx';
import { Link } from '../../shared/ui/link.tsx';
import type { ImportStep } from '../../shared/url/import-url.ts';
import { importHref } from '../../shared/url/import-url.ts';
import classes from './import-head.module.css';
import { titleOf } from './sentences.ts';
import type { ImportDetail } from './use-import.ts';

const STEP_WORDS: Readonly<Record<ImportStep, string>> = {
  upload: 'Upload',
  list: 'List and columns',
  questions: 'Questions',
  names: 'Who is who',
  preview: 'Preview',
  commit: 'Commit',
};

interface ImportHeadProps {
  readonly of: ImportDetail;
  readonly steps: readonly ImportStep[];
  readonly step: ImportStep;
  readonly onChanged: () => void;
}

/** The title of an import, its steps, and a link to the history. */
export function ImportHead({ of, steps, step, onChanged }: ImportHeadProps) {
  const at = steps.indexOf(step);
  const isDraft = of.state === 'DRAFT' || of.state === 'ANALYZING';
  const isOver = of.state === 'COMMITTED' || of.state === 'UNDONE';
  return (
    <header className={classes.head}>
      <div className={classes.named}>
        <h1 className={classes.title} tabIndex={-1} data-result={`import:${of.id}`}>
          {titleOf(of)}
        </h1>
        {(of.state === 'DRAFT' || of.state === 'COMMITTED') && <RenameImport id={of.id} title={titleOf(of)} onRenamed={onChanged} />}
      </div>
      <ol className={classes.steps} aria-label="Steps of the import">
        {steps.map((name, index) => {
          const isDone = index < at || isOver;
          const isReachable = isDraft && index !== at && name !== 'commit' && (name === 'upload' || of.files.length > 0);
          const content = (
            <>
              <span className={classes.disc} aria-hidden="true">
                {isDone ? <IconCheck size={14} stroke={2} /> : index + 1}
              </span>
              <span className={classes.words}>{STEP_WORDS[name]}</span>
              {isDone && <span className="visually-hidden">, done</span>}
            </>
          );
          return (
            <li key={name} className={classes.step} data-done={isDone || undefined} aria-current={index === at ? 'step' : undefined}>
              {isReachable ? <Link href={importHref(of.id, name)}>{content}</Link> : <span>{content}</span>}
            </li>
          );
        })}
      </ol>
      <Link href={importHref(null)} className={classes.history}>
        <IconHistory size={16} stroke={1.6} aria-hidden="true" /> History
      </Link>
    </header>
  );
}

interface RenameImportProps {
  readonly id: string;
  readonly title: string;
  readonly onRenamed: () => void;
}

/** Gives an import a name, in place of its title. */
function RenameImport({ id, title, onRenamed }: RenameImportProps) {
  const [isOpen, setOpen] = useState(false);
  const announce = useAnnounce();
  if (!isOpen) {
    return (
      <Button variant="subtle" size="compact-xs" aria-label={`Rename ${title}`} data-result="import:rename" onClick={() => setOpen(true)}>
        Rename
      </Button>
    );
  }
  const close = () => {
    focusResult('import:rename');
    setOpen(false);
  };
  return (
    <ChangeForm
      look="row"
      isSmall
      isOpened
      fields={[{ name: 'name', label: 'Name of the import', isLabelHidden: true, maxLength: 200 }]}
      start={{ name: title }}
      submit="Save"
      save={async ({ name }) => {
        const saved = await sendChange(RenameImportDocument, { input: { id, name } }, (data) => data.renameImport);
        if (saved instanceof Refused) return saved;
        announce('Renamed.');
        close();
        onRenamed();
      }}
      onCancel={close}
    />
  );
}
