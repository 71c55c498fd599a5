import styles from './canvas.module.css';

interface MoreBelowProps {
  /** The items below, with their count. */
  readonly words: string;
  /** Brings the next ones into sight. */
  readonly onMore: () => void;
}

/** Says what a canvas has below its lower edge, and leads to it. A printed canvas is whole. */
export function MoreBelow({ words, onMore }: MoreBelowProps) {
  return (
    <div className={styles.below} data-screen-only>
      <button type="button" onClick={onMore}>
        {words} below
      </button>
    </div>
  );
}
