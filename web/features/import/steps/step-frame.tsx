import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { useAnnounce } from '../../../shared/ui/announcer.tsx';
import classes from './step-frame.module.css';

interface StepFrameProps {
  readonly title: string;
  readonly lead: string;
  readonly children: ReactNode;
  readonly onBack: () => void;
  readonly onNext: () => void;
  readonly next: string;
  /** Says what is still missing; null where the step is complete. */
  readonly missing?: string | null;
  readonly isBusy: boolean;
  readonly error: string | null;
}

/** One step of the import: a heading that takes the focus, the content, and the way back and forward. */
export function StepFrame({ title, lead, children, onBack, onNext, next, missing = null, isBusy, error }: StepFrameProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const announce = useAnnounce();
  useEffect(() => {
    heading.current?.focus();
    announce(`${title}. ${lead}`);
  }, [title, lead, announce]);
  return (
    <>
      <div className={classes.body} inert={isBusy}>
        <header className={classes.head}>
          <h2 ref={heading} tabIndex={-1}>
            {title}
          </h2>
          <p>{lead}</p>
        </header>
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
