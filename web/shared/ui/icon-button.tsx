import type { ReactNode } from 'react';
import classes from './icon-button.module.css';

interface IconButtonProps {
  /** Accessible name. */
  readonly label: string;
  readonly title?: string;
  readonly className?: string | undefined;
  readonly onClick: () => void;
  /** The icon, hidden from screen readers. */
  readonly children: ReactNode;
}

/** A quiet button that is an icon alone, in the head of a panel or at the end of a line. */
export function IconButton({ label, title, className = '', onClick, children }: IconButtonProps) {
  return (
    <button type="button" data-screen-only className={`${classes.button} ${className}`} aria-label={label} title={title} onClick={onClick}>
      {children}
    </button>
  );
}
