import { Button } from '@mantine/core';
import { useState } from 'react';
import { Refused, sendChange } from '../../../shared/changes/ask-change.ts';
import { countOf } from '../../../shared/format/count.ts';
import { formatMoney } from '../../../shared/format/money.ts';
import type { ImportEffectQuery, RejectPolicy } from '../../../shared/generated/operations.ts';
import { CommitImportDocument, ImportEffectDocument } from '../../../shared/generated/operations.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { FailedLine } from '../../../shared/lists/answer-frame.tsx';
import { type Column, DataTable } from '../../../shared/lists/data-table.tsx';
import { IconDownload } from '../../../shared/ui/icons.tsx';
import { Link } from '../../../shared/ui/link.tsx';
import type { ImportPlace } from '../../../shared/url/import-url.ts';
import { importHref } from '../../../shared/url/import-url.ts';
import { navigate } from '../../../shared/url/location.ts';
import { refusedFilesSentence } from '../sentences.ts';
import { stepOfOpenQuestion } from '../steps/plan-steps.ts';
import type { ImportDetail } from '../use-import.ts';
import { Choice } from './choice.tsx';
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
  // A software file states facts and has no rows.
  const isEmpty = report.rows === 0 && report.rejected === 0 && report.created + report.updated + report.unchanged === 0;
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

type Effect = NonNullable<NonNullable<ImportEffectQuery['import']>['effect']>;
type Ranked = Effect['rankingAfter'][number];

/** Names the first organization of the ranking, unless all are alike. */
function largestSentence([first]: readonly Ranked[], hasLoss: boolean): string {
  if (first === undefined) return '';
  if (hasLoss) return `Largest weighted loss afterwards: ${first.organization.name}.`;
  if (first.dependentCount < 2) return '';
  return `Most depended on afterwards: ${first.organization.name} (${countOf(first.dependentCount, 'organization', 'organizations')}).`;
}

/** The effect of a commit on findings and on the ten largest organizations. */
function EffectPanel({ of }: { readonly of: ImportDetail }) {
  const asked = useQuestion(ImportEffectDocument, { id: of.id });
  const effect = asked.data?.import?.effect;
  if (asked.question.phase === 'failed') return <FailedLine asked={asked} missing="The effect on findings and rankings is missing here." />;
  if (effect == null)
    return asked.question.phase === 'asking' ? <p className={classes.line}>Computing the effect on findings and rankings…</p> : null;
  const findings = `${countOf(effect.findingsAdded, 'finding', 'findings')} would be added, ${effect.findingsResolved.toLocaleString('en-US')} resolved.`;
  if (effect.rankingAfter.length === 0) return <p className={classes.line}>{findings}</p>;
  const hasLoss = effect.rankingAfter.some(({ weightedLossUsd }) => weightedLossUsd > 0);
  const figureOf = hasLoss
    ? (row: Ranked) => formatMoney(row.weightedLossUsd)
    : (row: Ranked) => countOf(row.dependentCount, 'dependent', 'dependents');
  const before = new Map(effect.rankingBefore.map((row) => [row.organization.id, row]));
  const columns: readonly Column<Ranked>[] = [
    { key: 'position', title: 'Position', isNumber: true, cell: ({ position }) => position },
    { key: 'organization', title: 'Organization', isName: true, cell: ({ organization }) => organization.name },
    {
      key: 'now',
      title: 'Now',
      cell: ({ organization }) => {
        const was = before.get(organization.id);
        return was === undefined ? 'not among the ten largest' : figureOf(was);
      },
    },
    { key: 'afterwards', title: 'Afterwards', cell: figureOf },
  ];
  return (
    <details className={classes.panel}>
      <summary>
        {findings} {largestSentence(effect.rankingAfter, hasLoss)}
      </summary>
      <DataTable
        look="plain"
        label={hasLoss ? 'By weighted loss if compromised' : 'By the organizations that depend on them'}
        hasCaption
        columns={columns}
        rows={effect.rankingAfter}
        keyOf={({ organization }) => organization.id}
      />
    </details>
  );
}

interface CommitBarProps {
  readonly of: ImportDetail;
  readonly report: NonNullable<ImportDetail['report']>;
  readonly onBack: () => void;
  readonly onChanged: () => void;
}

/** The choice of how to handle rejected rows, and the commit. */
function CommitBar({ of, report, onBack, onChanged }: CommitBarProps) {
  const [policy, setPolicy] = useState<RejectPolicy>('ALL_OR_NOTHING');
  const [error, setError] = useState<string | null>(null);
  const [isSending, setSending] = useState(false);
  const changes = report.created + report.updated;
  // A file that was refused whole has no rows to correct or to leave out.
  const hasRejects = report.rejected > 0 && refusedFilesSentence(of) === null;
  const isRefused = hasRejects && policy === 'ALL_OR_NOTHING';
  const isEmpty = changes + report.unchanged === 0;
  const openStep = stepOfOpenQuestion(of);
  const isBlocked = isRefused || isEmpty || openStep !== null;

  const commit = async () => {
    setSending(true);
    setError(null);
    const sent = await sendChange(CommitImportDocument, { input: { id: of.id, policy } }, (data) => data.commitImport);
    if (sent instanceof Refused) setError(sent.sentence);
    else navigate(importHref(of.id, 'commit'), 'replace');
    setSending(false);
    onChanged();
  };

  return (
    <footer className={classes.bar}>
      <Button variant="default" onClick={onBack}>
        Back
      </Button>
      {of.mappingDocument !== null && (
        <a
          className={classes.download}
          href={`data:application/json;charset=utf-8,${encodeURIComponent(of.mappingDocument)}`}
          download="mapping.json"
        >
          <IconDownload size={16} stroke={1.6} aria-hidden="true" /> Mapping document
        </a>
      )}
      {hasRejects && (
        <a className={classes.download} href={`/api/imports/${encodeURIComponent(of.id)}/rejections.csv`} download>
          <IconDownload size={16} stroke={1.6} aria-hidden="true" /> Rejected rows as CSV
        </a>
      )}
      <div className={classes.end}>
        {hasRejects && (
          <Choice
            label="How to handle rejected rows"
            value={policy}
            onChange={setPolicy}
            options={[
              { value: 'ALL_OR_NOTHING', label: 'All or nothing' },
              { value: 'SKIP_REJECTED', label: 'Valid rows only' },
            ]}
          />
        )}
        <p className={classes.sentence} role={error === null ? undefined : 'alert'} data-error={error !== null || undefined}>
          {error ?? sentenceOf(of, report.rejected, isRefused, isEmpty)}
        </p>
        {openStep !== null && <Link href={importHref(of.id, openStep)}>Answer</Link>}
        <Button onClick={commit} loading={isSending} disabled={isBlocked}>
          {changes === 0 ? 'Commit' : `Commit ${countOf(changes, 'change', 'changes')}`}
        </Button>
      </div>
    </footer>
  );
}

function sentenceOf(of: ImportDetail, rejected: number, isRefused: boolean, isEmpty: boolean): string {
  const openCount = of.questions.length;
  if (openCount > 0) return `${countOf(openCount, 'question is', 'questions are')} still open.`;
  if (isEmpty) return 'There is nothing to import.';
  const loss = of.skipLoss === null ? '' : `${of.skipLoss.sentence} `;
  if (isRefused) return `${countOf(rejected, 'row is', 'rows are')} rejected, so nothing would be written. ${loss}`;
  return `${loss}You can undo this import later.`;
}
