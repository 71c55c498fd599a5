import { Button } from '@mantine/core';
import { countOf } from '../../../shared/format/count.ts';
import { type ImportPlace, importHref } from '../../../shared/url/import-url.ts';
import { navigate } from '../../../shared/url/location.ts';
import type { ImportDetail } from '../use-import.ts';
import { CommitBar } from './commit-bar.tsx';
import { EffectPanel } from './effect-panel.tsx';
import classes from './preview-step.module.css';
import { ProgressLine } from './progress-line.tsx';
import { ReportRows } from './rows/report-rows.tsx';

interface PreviewStepProps {
  readonly of: ImportDetail;
  readonly show: ImportPlace['show'];
  readonly onBack: () => void;
  readonly onChanged: () => void;
}

/** The server's dry run: the changes, the rejected rows, the effect, and the commit. */
export function PreviewStep({ of, show, onBack, onChanged }: PreviewStepProps) {
  const { report } = of;
  if (of.state === 'ANALYZING') return <ProgressLine of={of} onChanged={onChanged} />;
  if (report === null) {
    return (
      <div className={classes.missing}>
        <p>{of.failure ?? 'There is no preview, because reading the files was canceled.'}</p>
        <Button variant="default" onClick={() => navigate(importHref(of.id, 'upload'))}>
          Back to files
        </Button>
      </div>
    );
  }
  const isEmpty = report.rows === 0 && report.rejected === 0;
  const sentence = isEmpty
    ? `${of.files.length === 1 ? 'This file has a header' : 'These files have headers'} and no rows.`
    : report.rows === 0
      ? 'Nothing has been written yet.'
      : `Dry run of ${report.rows === 1 ? '1 row' : `all ${countOf(report.rows, 'row', 'rows')}`}. Nothing has been written yet.`;
  return (
    <>
      <ReportRows of={of} report={report} show={show} words="would" sentence={sentence} onChanged={onChanged} />
      {report.created + report.updated > 0 && <EffectPanel of={of} />}
      <CommitBar of={of} report={report} onBack={onBack} onChanged={onChanged} />
    </>
  );
}
