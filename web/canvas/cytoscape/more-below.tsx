import type { RefObject } from 'react';
import styles from './canvas.module.css';

interface MoreBelowProps {
  readonly scroll: RefObject<HTMLElement | null>;
  /** The items below, with their count. */
  readonly words: string;
}

/** Says what a canvas has below its lower edge, and scrolls to it. A printed canvas is whole. */
export function MoreBelow({ scroll, words }: MoreBelowProps) {
  return (
    <div className={styles.below} data-screen-only>
      <button type="button" onClick={() => scroll.current?.scrollBy({ top: scroll.current.clientHeight * 0.8 })}>
        {words} below
      </button>
    </div>
  );
}
