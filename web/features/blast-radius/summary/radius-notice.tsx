import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { errorSentence } from '../../../shared/graphql/error-sentence.ts';
import type { AskedQuestion } from '../../../shared/graphql/use-question.ts';
import { IconAlertTriangle } from '../../../shared/ui/icons.tsx';
import classes from '../blast-radius-view.module.css';

/** Delay before a running request shows a Cancel button. */
const PATIENCE_MS = 1000;

/** The state of the request: an error with Retry, or a long wait with Cancel. A quick answer shows nothing. */
export function RadiusNotice({ asked }: { readonly asked: AskedQuestion<unknown, unknown> }) {
  const { question } = asked;
  const isAsking = question.phase === 'asking';
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    setSlow(false);
    if (!isAsking) return;
    const timer = setTimeout(() => setSlow(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [isAsking]);

  if (question.phase === 'failed') {
    return (
      <div className={classes.error} role="alert">
        <IconAlertTriangle size={16} stroke={1.8} aria-hidden="true" />
        <span>
          {errorSentence(question.error)}
          {question.last !== null && ' Showing the previous result.'}
        </span>
        <Button size="compact-sm" variant="default" onClick={asked.retry}>
          Retry
        </Button>
      </div>
    );
  }
  if (question.phase === 'answered' && question.isCanceled) {
    return (
      <div className={classes.waiting}>
        <span>Canceled. Showing the previous result.</span>
        <Button size="compact-sm" variant="default" onClick={asked.retry}>
          Retry
        </Button>
      </div>
    );
  }
  if (!isSlow) return null;
  return (
    <div className={classes.waiting}>
      <span>
        Computing the blast radius{question.phase === 'asking' && question.last !== null ? '. Showing the previous result.' : ' …'}
      </span>
      <Button size="compact-sm" variant="default" onClick={asked.cancel}>
        Cancel
      </Button>
    </div>
  );
}
