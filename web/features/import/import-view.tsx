import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { Refused, sendChange } from '../../shared/changes/ask-change.ts';
import { ChangeForm } from '../../shared/changes/change-form.tsx';
import { RenameImportDocument } from '../../shared/generated/operations.ts';
import { errorCode, errorSentence } from '../../shared/graphql/error-sentence.ts';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import { focusResult, isFocusLost } from '../../shared/ui/focus-result.ts';
import { IconCheck, IconHistory } from '../../shared/ui/icons.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { useSlow } from '../../shared/ui/use-slow.ts';
import type { ImportPlace, ImportStep } from '../../shared/url/import-url.ts';
import { importHref, parseImportPlace } from '../../shared/url/import-url.ts';
import { navigate, useLocation } from '../../shared/url/location.ts';
import head from './import-head.module.css';
import { ListStep } from './list/list-step.tsx';
import { NamesStep } from './names/names-step.tsx';
import { choiceFor, groupMatches, useMatches } from './names/use-matches.ts';
import classes from './one-import.module.css';
import { QuestionsStep } from './questions/questions-step.tsx';
import type { OrganizationFinder } from './report/outcome.tsx';
import { Outcome } from './report/outcome.tsx';
import { PreviewStep } from './report/preview-step.tsx';
import { ProgressLine } from './report/progress-line.tsx';
import { titleOf } from './sentences.ts';
import { firstOpenStep, isOpenDraft, planSteps, stepAfter, stepOrder } from './steps/plan-steps.ts';
import stepClasses from './steps/step-frame.module.css';
import { ImportStart } from './upload/import-start.tsx';
import { UploadStep } from './upload/upload-step.tsx';
import type { ImportDetail } from './use-import.ts';
import { useImport } from './use-import.ts';

/** The Import page: the start with its history, or one import. */
export function ImportView({ Finder }: { readonly Finder: OrganizationFinder }) {
  const { path, params } = useLocation();
  const place = parseImportPlace(path, params);
  return place.id === null ? (
    <ImportStart key={place.respondent} asked={place.respondent} />
  ) : (
    <OneImport key={place.id} id={place.id} step={place.step} show={place.show} Finder={Finder} />
  );
}

interface OneImportProps {
  readonly id: string;
  readonly step: ImportStep | null;
  readonly show: ImportPlace['show'];
  readonly Finder: OrganizationFinder;
}

/** One import, from upload to undo: the step in the URL, or the one that matches its state. */
function OneImport({ id, step, show, Finder }: OneImportProps) {
  const { found, settled, question, isUnderWay, retry } = useImport(id);

  const state = found?.state;
  const stateBefore = useRef(state);
  // A commit and its undo take the pressed button off the page.
  useEffect(() => {
    const before = stateBefore.current;
    stateBefore.current = state;
    // The steps of a draft place the focus themselves.
    const isOfDraft = before === undefined || before === 'ANALYZING' || state === 'ANALYZING';
    if (before !== state && !isOfDraft && isFocusLost()) focusResult(`import:${id}`);
  }, [id, state]);

  if (found === null) {
    if (question.phase !== 'answered' && question.phase !== 'failed') return <p className={classes.message}>Loading the import …</p>;
    const isGone = question.phase === 'answered' || errorCode(question.error) === 'NOT_FOUND';
    return (
      <div className={classes.message}>
        <h1>{isGone ? 'Import not found' : 'The import cannot be shown'}</h1>
        <p role="alert">{isGone ? 'It was discarded, or the link belongs to another database.' : errorSentence(question.error)}</p>
        <div className={classes.actions}>
          {!isGone && (
            <Button variant="default" size="xs" onClick={retry}>
              Retry
            </Button>
          )}
          <Link href={importHref(null)}>All imports</Link>
        </div>
      </div>
    );
  }

  return (
    <div className={classes.page}>
      {question.phase === 'away' && isUnderWay && (
        <p className={classes.stale} role="alert">
          The import goes on when the server is back.
        </p>
      )}
      {question.phase === 'failed' && (
        <p className={classes.stale} role="alert">
          Showing an older state. {errorSentence(question.error)}{' '}
          <Button variant="default" size="compact-xs" onClick={retry}>
            Retry
          </Button>
        </p>
      )}
      {isOpenDraft(found) ? (
        <DraftSteps of={found} settled={settled} step={step} show={show} onChanged={retry} />
      ) : (
        <>
          <ImportHead of={found} onChanged={retry} />
          <Outcome of={found} show={show} onChanged={retry} Finder={Finder} />
        </>
      )}
    </div>
  );
}

interface DraftStepsProps {
  readonly of: ImportDetail;
  /** The last completely analyzed state; null before the first. */
  readonly settled: ImportDetail | null;
  readonly step: ImportStep | null;
  readonly show: ImportPlace['show'];
  readonly onChanged: () => void;
}

/** The steps of a draft. The URL and the server hold all state, so a reload returns to the same step. */
function DraftSteps({ of, settled, step, show, onChanged: askAgain }: DraftStepsProps) {
  const isReading = of.state === 'ANALYZING';
  const isSlow = useSlow(isReading);
  const matches = useMatches(settled);
  const [left, setLeft] = useState<{ readonly step: ImportStep; readonly past: ImportDetail } | null>(null);
  const [round, setRound] = useState(0);
  const shown = of.files.length === 0 ? 'upload' : step;

  // The first visit goes to the first open question, or straight to the report.
  useEffect(() => {
    if (shown === null && !isReading) navigate(importHref(of.id, firstOpenStep(of), show), 'replace');
  }, [shown, isReading, of, show]);

  // After the server has read the answers of a step, continue with the next open step, which is unknown before.
  useEffect(() => {
    if (left === null || of === left.past || isReading || matches.list === null) return;
    const { same, related } = groupMatches(matches.list);
    const undecided = [...same, ...related].filter((match) => choiceFor(match) === null).length;
    const next = stepAfter(of, left.step, undecided);
    setLeft(null);
    // An answer that raises another question of the same step opens the step anew: the focus and the announcement say so.
    if (next === left.step) setRound((round) => round + 1);
    else navigate(importHref(of.id, next));
  }, [left, of, isReading, matches.list]);

  const planned = planSteps(settled ?? of, matches.list?.length ?? 0);
  const steps = useSeenSteps(planned, shown, stepOrder(settled ?? of));
  const draft = settled ?? of;
  const latest = useRef(of);
  latest.current = of;
  // A changed draft is read anew. Until its state is known, a click would meet a step that turns busy under it.
  const [changed, setChanged] = useState<ImportDetail | null>(null);
  const onChanged = useCallback(() => {
    setChanged(latest.current);
    askAgain();
  }, [askAgain]);
  const isBusy = isReading || left !== null || changed === of;
  // An earlier change of the draft may have been answered since the click, so the state that is past is the latest one.
  const leave = (from: ImportStep) => () => setLeft({ step: from, past: latest.current });
  const back = (from: ImportStep) => () => navigate(importHref(of.id, steps[steps.indexOf(from) - 1] ?? 'upload'));
  const common = { of: draft, isBusy, onChanged };

  return (
    <>
      <ImportHead of={of} onChanged={onChanged}>
        <Steps of={of} steps={steps} step={shown ?? 'upload'} />
      </ImportHead>
      {isReading && (shown === null || (isSlow && shown !== 'preview' && shown !== 'commit')) && (
        <ProgressLine of={of} onChanged={onChanged} />
      )}
      {matches.error !== null && (
        <p className={stepClasses.failed} role="alert">
          The names of the list could not be compared. {matches.error}{' '}
          <Button variant="default" size="compact-sm" onClick={matches.reload}>
            Retry
          </Button>
        </p>
      )}
      {shown === 'upload' && <UploadStep of={of} onChanged={onChanged} />}
      {shown === 'list' && settled !== null && <ListStep key={round} {...common} onBack={back('list')} onNext={leave('list')} />}
      {shown === 'questions' && settled !== null && (
        <QuestionsStep key={round} {...common} onBack={back('questions')} onNext={leave('questions')} />
      )}
      {shown === 'names' && settled !== null && (
        <NamesStep
          key={matches.list === null ? 'loading' : 'loaded'}
          {...common}
          matches={matches.list}
          isBusy={isBusy || matches.list === null}
          onBack={back('names')}
          onNext={leave('names')}
        />
      )}
      {(shown === 'preview' || shown === 'commit') && <PreviewStep of={of} show={show} onBack={back('preview')} onChanged={onChanged} />}
    </>
  );
}

/** The planned steps, plus those seen before: an answered step stays in its place. */
function useSeenSteps(planned: readonly ImportStep[], shown: ImportStep | null, order: readonly ImportStep[]): ImportStep[] {
  const seen = useRef(new Set<ImportStep>());
  for (const step of planned) seen.current.add(step);
  if (shown !== null) seen.current.add(shown);
  return order.filter((step) => seen.current.has(step));
}

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
  readonly onChanged: () => void;
  readonly children?: ReactNode;
}

/** The title of an import, the steps of a draft, and a link to the history. */
function ImportHead({ of, onChanged, children }: ImportHeadProps) {
  return (
    <header className={head.head}>
      <div className={head.named}>
        <h1 className={head.title} tabIndex={-1} data-result={`import:${of.id}`}>
          {titleOf(of)}
        </h1>
        {(of.state === 'DRAFT' || of.state === 'COMMITTED') && <RenameImport id={of.id} title={titleOf(of)} onRenamed={onChanged} />}
      </div>
      {children}
      <Link href={importHref(null)} className={head.history}>
        <IconHistory size={16} stroke={1.6} aria-hidden="true" /> History
      </Link>
    </header>
  );
}

interface StepsProps {
  readonly of: ImportDetail;
  readonly steps: readonly ImportStep[];
  readonly step: ImportStep;
}

/** The steps of a draft. */
function Steps({ of, steps, step }: StepsProps) {
  const at = steps.indexOf(step);
  return (
    <ol className={head.steps} aria-label="Steps of the import">
      {steps.map((name, index) => {
        const isDone = index < at;
        const isReachable = index !== at && name !== 'commit' && (name === 'upload' || of.files.length > 0);
        const content = (
          <>
            <span className={head.disc} aria-hidden="true">
              {isDone ? <IconCheck size={14} stroke={2} /> : index + 1}
            </span>
            <span className={head.words}>{STEP_WORDS[name]}</span>
            {isDone && <span className="visually-hidden">, done</span>}
          </>
        );
        return (
          <li key={name} className={head.step} data-done={isDone || undefined} aria-current={index === at ? 'step' : undefined}>
            {isReachable ? <Link href={importHref(of.id, name)}>{content}</Link> : <span>{content}</span>}
          </li>
        );
      })}
    </ol>
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
