import styles from '../cytoscape/canvas.module.css';

/** The legend of the lines, drawn with the same strokes as on the canvas. */
export function LanesLegend({ hasSpread, hasReveals }: { readonly hasSpread: boolean; readonly hasReveals: boolean }) {
  return (
    <ul className={styles.legend} aria-label="Legend">
      <Entry word="Exposed copy">
        <line x1="0" x2="26" y1="6" y2="6" stroke="var(--exposed)" strokeWidth="1.8" />
      </Entry>
      <Entry word="Possible">
        <line x1="0" x2="26" y1="6" y2="6" stroke="var(--possible)" strokeWidth="1.8" strokeDasharray="6 4" />
      </Entry>
      <Entry word="Contained">
        <line x1="1" x2="26" y1="6" y2="6" stroke="var(--contained)" strokeWidth="1.8" strokeDasharray="1.5 4" strokeLinecap="round" />
      </Entry>
      {hasSpread && (
        <Entry word="Access, with chance">
          <path d="M0 4.4h19M0 7.6h19" stroke="var(--ink-2)" strokeWidth="1.2" />
          <path d="M19 2.2l7 3.8-7 3.8z" fill="var(--ink-2)" />
        </Entry>
      )}
      {hasReveals && (
        <Entry word="Reveals part of">
          <path d="M0 6h25M20 2.6l5 3.4-5 3.4" fill="none" stroke="var(--ink-2)" strokeWidth="1.25" />
        </Entry>
      )}
    </ul>
  );
}

function Entry({ word, children }: { readonly word: string; readonly children: React.ReactNode }) {
  return (
    <li data-legend={word}>
      <svg width="27" height="12" viewBox="0 0 27 12" aria-hidden="true">
        {children}
      </svg>
      {word}
    </li>
  );
}
