import styles from '../cytoscape/canvas.module.css';
import type { LanesLayout } from './layout/lanes-layout.ts';

interface LanesHeadingsProps {
  readonly headings: LanesLayout['headings'];
  readonly zoom: number;
  /** How far the drawing is scrolled to the right, in px. */
  readonly left: number;
}

/** The names of the lanes, which stay in sight. On paper the picture is scaled to the sheet, and they are not. */
export function LanesHeadings({ headings, zoom, left }: LanesHeadingsProps) {
  return (
    <div className={styles.headings} data-screen-only aria-hidden="true">
      {headings.map(({ text, count, x }, i) => {
        const next = headings[i + 1];
        return (
          <span key={text} style={{ left: x * zoom - left, maxWidth: next && (next.x - x) * zoom - 6 }}>
            {text}
            {count !== null && <em>{count}</em>}
          </span>
        );
      })}
    </div>
  );
}
