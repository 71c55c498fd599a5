import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useAnnounce } from '../../../shared/ui/announcer.tsx';
import type { ImportDetail } from '../use-import.ts';
import classes from './step-frame.module.css';

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

/** One step of the import, whose answers the server keeps. */
export interface StepProps {
  readonly of: ImportDetail;
  readonly isBusy: boolean;
  readonly onChanged: () => void;
  readonly onBack: () => void;
  readonly onNext: () => void;
}

/** One step of the import: a heading that takes the focus, the content, and the way back and forward. */
export function StepFrame({ title, lead, children, onBack, onNext, next, missing = null, isBusy, error }: StepFrameProps) {
  const focused = useRef<Element | null>(null);
  // A busy step is inert and loses the focus. It comes back to the control that asked the server.
  useLayoutEffect(() => {
    if (isBusy) focused.current = document.activeElement;
    else if (document.activeElement === document.body && focused.current instanceof HTMLElement)
      focused.current.focus({ preventScroll: true });
  }, [isBusy]);
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

interface StepHeadingProps {
  readonly title: string;
  readonly lead: string;
}

/** The heading of a step. It takes the focus when the step opens, and is announced. */
export function StepHeading({ title, lead }: StepHeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const announce = useAnnounce();
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    announce(`Step: ${title}`);
  }, [title, announce]);
  return (
    <header className={classes.head}>
      <h2 ref={heading} tabIndex={-1}>
        {title}
      </h2>
      <p>{lead}</p>
    </header>
  );
}

/**
 * The answers of a step that were not sent yet, by question. They survive a reload in this tab, and are forgotten once they are sent.
 *
 * @param place the import and the step
 */
export function useUnsent<T>(place: string): readonly [ReadonlyMap<string, T>, (key: string, answer: T) => void] {
  const [answers, setAnswers] = useState<ReadonlyMap<string, T>>(() => readUnsent(place));
  const answer = (key: string, value: T) => {
    const next = new Map(answers).set(key, value);
    setAnswers(next);
    writeUnsent(place, next);
  };
  return [answers, answer];
}

export function forgetUnsent(place: string): void {
  writeUnsent(place, new Map());
}

function readUnsent<T>(place: string): ReadonlyMap<string, T> {
  try {
    return new Map(JSON.parse(window.sessionStorage.getItem(keyOf(place)) ?? '[]') as [string, T][]);
  } catch {
    return new Map();
  }
}

/** Without storage, as in a browser that blocks it, the answers live as long as the page. */
function writeUnsent(place: string, answers: ReadonlyMap<string, unknown>): void {
  try {
    window.sessionStorage.setItem(keyOf(place), JSON.stringify([...answers]));
  } catch {}
}

function keyOf(place: string): string {
  return `unsent answers: ${place}`;
}
