import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './step-frame.module.css';
import { StepHeading } from './step-heading.tsx';

interface StepFrameProps {
  readonly title: string;
  readonly lead: string;
  readonly children: ReactNode;
  readonly onBack: () => void;
  readonly onNext: () => void;
  readonly next: string;
  /** A sentence that names the missing answer; null if the step is complete. */
  readonly missing?: string | null;
  readonly isBusy: boolean;
  readonly error: string | null;
}

/** One step of the import: a heading that takes the focus, the content, and the way back and forward. */
export function StepFrame({ title, lead, children, onBack, onNext, next, missing = null, isBusy, error }: StepFrameProps) {
  return (
    <>
      <div className={classes.body} inert={isBusy}>
        <StepHeading title={title} lead={lead} />
        {children}
      </div>
      <footer className={classes.footer}>
        <Button variant="default" onClick={onBack}>
          Back
        </Button>
        <div className={classes.end}>
          {error !== null && (
            <p className={classes.error} role="alert">
              {error}
            </p>
          )}
          {error === null && missing !== null && <p className={classes.missing}>{missing}</p>}
          <Button onClick={onNext} loading={isBusy} disabled={missing !== null}>
            {next}
          </Button>
        </div>
      </footer>
    </>
  );
}
