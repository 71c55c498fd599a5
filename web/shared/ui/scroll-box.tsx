import type { ReactNode } from 'react';

interface ScrollBoxProps {
  /** Accessible name. */
  readonly label: string;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A scrolling box that takes keyboard focus, so that it can be scrolled without a mouse (WCAG 2.1.1). */
export function ScrollBox({ label, className, children }: ScrollBoxProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must take focus; a named section is a region.
    <section className={className} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
