import { useEffect, useRef } from 'react';
import { useAnnounce } from '../../../shared/ui/announcer.tsx';
import classes from './step-frame.module.css';

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
