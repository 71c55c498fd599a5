import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { errorCode, errorSentence } from '../../shared/graphql/error-sentence.ts';
import { focusResult, isFocusLost } from '../../shared/ui/focus-result.ts';
import { Link } from '../../shared/ui/link.tsx';
import type { ImportPlace, ImportStep } from '../../shared/url/import-url.ts';
import { importHref, parseImportPlace } from '../../shared/url/import-url.ts';
import { useLocation } from '../../shared/url/location.ts';
import { DraftSteps } from './draft-steps.tsx';
import { ImportHead } from './import-head.tsx';
import classes from './one-import.module.css';
import { type OrganizationFinder, Outcome } from './report/outcome.tsx';
import { isOpenDraft } from './steps/plan-steps.ts';
import { ImportStart } from './upload/import-start.tsx';
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
    if (question.phase === 'asking' || question.phase === 'idle') return <p className={classes.message}>Loading the import …</p>;
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
      {question.phase === 'failed' && (
        <p className={classes.stale} role="alert">
          Showing an older state. {errorSentence(question.error)} {isUnderWay && 'The import goes on when the server is back. '}
          <Button variant="default" size="compact-xs" onClick={retry}>
            Retry
          </Button>
        </p>
      )}
      {isOpenDraft(found) ? (
        <DraftSteps of={found} settled={settled} step={step} show={show} onChanged={retry} />
      ) : (
        <>
          <ImportHead
            of={found}
            steps={found.mappingDocument === null ? ['upload', 'preview', 'commit'] : ['upload', 'list', 'preview', 'commit']}
            step="commit"
            onChanged={retry}
          />
          <Outcome of={found} show={show} onChanged={retry} Finder={Finder} />
        </>
      )}
    </div>
  );
}
