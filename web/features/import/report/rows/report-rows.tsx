import { formatCount } from '../../../../shared/format/count.ts';
import { type ImportPlace, importHref, parseImportPlace } from '../../../../shared/url/import-url.ts';
import { navigate, useLocation } from '../../../../shared/url/location.ts';
import { accountSentence, nothingChangesSentence, refusedFilesSentence } from '../../sentences.ts';
import { StepHeading } from '../../steps/step-heading.tsx';
import type { ImportDetail } from '../../use-import.ts';
import { Choice } from '../choice.tsx';
import { ChangesTable } from './changes-table.tsx';
import { RejectionsTable } from './rejections-table.tsx';
import { ReportBand } from './report-band.tsx';
import classes from './report-rows.module.css';

interface ReportRowsProps {
  readonly of: ImportDetail;
  readonly report: NonNullable<ImportDetail['report']>;
  readonly show: ImportPlace['show'];
  readonly words: 'would' | 'did';
  readonly sentence: string;
  /** Absent: the rows cannot be corrected any more. */
  readonly onChanged?: () => void;
}

/**
 * The report: four figures, then the changed rows with their fields before and after, or the rejected rows with their reasons. If no
 * row changes anything and some were rejected, the page opens with the rejected rows.
 */
export function ReportRows({ of, report, show, words, sentence, onChanged }: ReportRowsProps) {
  const { path, params } = useLocation();
  const step = parseImportPlace(path, params).step;
  const changed = report.created + report.updated;
  const shown = show === 'changes' && changed === 0 && report.rejected > 0 ? 'rejects' : show;
  return (
    <>
      <div className={classes.top}>
        <ReportBand of={report} words={words} />
        <div className={classes.sentences}>
          {words === 'would' ? <StepHeading title="Preview" lead={sentence} /> : <p>{sentence}</p>}
          {report.account !== null && report.account.read > 0 && <p>{accountSentence(report.account)}</p>}
          {report.warnings.length > 0 && (
            <ul className={classes.warnings} aria-label="Notes">
              {report.warnings.map((warning) => (
                <li key={warning}>{warning}</li>
              ))}
            </ul>
          )}
        </div>
        <Choice
          label="Rows to show"
          value={shown}
          onChange={(value) => navigate(importHref(of.id, step, value), 'replace')}
          options={[
            { value: 'changes', label: `Changes ${formatCount(changed)}` },
            { value: 'rejects', label: `Rejected rows ${formatCount(report.rejected)}` },
          ]}
        />
      </div>
      {changed === 0 && report.rejected > 0 && (
        <p className={classes.nothing}>{refusedFilesSentence(of) ?? nothingChangesSentence(report)}</p>
      )}
      {shown === 'changes' ? <ChangesTable of={of} /> : <RejectionsTable of={of} onChanged={onChanged} />}
    </>
  );
}
