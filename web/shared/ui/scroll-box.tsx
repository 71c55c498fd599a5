import type { ReactNode } from 'react';

interface ScrollBoxProps {
  /** What a screen reader calls it. */
  readonly label: string;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A box that scrolls and can be reached by keyboard, which is how it is scrolled without a mouse (WCAG 2.1.1). */
export function ScrollBox({ label, className, children }: ScrollBoxProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be focusable, and a section with a name is a region.
    <section className={className} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
