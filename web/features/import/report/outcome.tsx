import { Button } from '@mantine/core';
import { useState } from 'react';
import { formatInstantUtc } from '../../../shared/format/instant.ts';
import { IconDownload } from '../../../shared/ui/icons.tsx';
import { Link } from '../../../shared/ui/link.tsx';
import { type ImportPlace, importHref } from '../../../shared/url/import-url.ts';
import { outcomeOf } from '../sentences.ts';
import type { ImportDetail } from '../use-import.ts';
import classes from './outcome.module.css';
import { ProgressLine } from './progress-line.tsx';
import { ReportRows } from './rows/report-rows.tsx';
import { UndoDialog } from './undo-dialog.tsx';
import { type OrganizationFinder, WhoDepends } from './who-depends.tsx';

interface OutcomeProps {
  readonly of: ImportDetail;
  readonly show: ImportPlace['show'];
  readonly onChanged: () => void;
  readonly Finder: OrganizationFinder;
}

/** The result of an import, with Undo. */
export function Outcome({ of, show, onChanged, Finder }: OutcomeProps) {
  const [isUndoing, setUndoing] = useState(false);
  if (of.state === 'COMMITTING') return <ProgressLine of={of} onChanged={onChanged} />;
  return (
    <>
      <div className={classes.note} data-state={of.state}>
        <p>{sentenceOf(of)}</p>
        <div className={classes.actions}>
          {of.state === 'COMMITTED' && (
            <Button variant="default" size="xs" onClick={() => setUndoing(true)}>
              Undo
            </Button>
          )}
          {of.state === 'COMMITTED' && of.report !== null && of.report.rejected > 0 && (
            <a className={classes.download} href={`/api/imports/${encodeURIComponent(of.id)}/rejections.csv`} download>
              <IconDownload size={16} stroke={1.6} aria-hidden="true" /> Rejected rows as CSV
            </a>
          )}
          <Link href={importHref(null)}>Import more files</Link>
        </div>
      </div>
      {of.state === 'COMMITTED' && <WhoDepends Finder={Finder} />}
      {of.report !== null && (of.state === 'COMMITTED' || of.state === 'UNDONE') && (
        <ReportRows of={of} report={of.report} show={show} words="did" sentence={`Imported by ${of.createdBy}.`} />
      )}
      <UndoDialog of={isUndoing ? of : null} onClose={() => setUndoing(false)} />
    </>
  );
}

function sentenceOf(of: ImportDetail): string {
  switch (of.state) {
    case 'COMMITTED':
      return of.report === null ? 'Imported.' : outcomeOf(of.report);
    case 'UNDONE':
      return `Undone${of.undoneAt === null ? '' : ` on ${formatInstantUtc(of.undoneAt)}`}. The data is as if this import had never happened.`;
    case 'FAILED':
      return `No data was changed. ${of.failure ?? ''}`;
    case 'DISCARDED':
      return 'This draft was discarded. No data was changed.';
    default:
      return '';
  }
}
