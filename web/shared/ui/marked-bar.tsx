import classes from './marked-bar.module.css';

interface MarkedBarProps {
  /** "3 nodes marked". */
  readonly words: string;
  /** By the words of a button. Null or false: not offered. */
  readonly acts: readonly (readonly [words: string, act: (() => void) | null | false])[];
}

/** The acts for several marked nodes of a canvas. */
export function MarkedBar({ words, acts }: MarkedBarProps) {
  return (
    <div className={classes.bar} role="toolbar" aria-label="Marked nodes">
      <strong>{words}</strong>
      {acts.map(
        ([word, act]) =>
          act && (
            <button key={word} type="button" onClick={act}>
              {word}
            </button>
          ),
      )}
    </div>
  );
}
