import { GRADE_WORDS } from '../../shared/format/grade-words.ts';
import classes from './advisory.module.css';
import { dotsOf, type StripDot, type StripMatch, type Strips } from './grade-words.ts';
import type { StripScale } from './strip-scale.ts';

const HEIGHT = 30;
const MIDDLE = HEIGHT / 2;
/** Space at both ends for the dots, which are wider than their instants. */
export const STRIP_INSET = 7;
export const HATCH = 'advisory-hatch';

interface StripProps {
  readonly match: StripMatch;
  readonly scale: StripScale;
  readonly hull: Strips['hull'];
  /** Of the whole strip, in px. */
  readonly width: number;
  /** The dot that the keyboard is at. */
  readonly chosen: string | null;
}

/**
 * When an organization had the affected version: solid where two lists name it, hatched where it may have had it, dotted where no list says, over
 * the band of the time at which it could be installed. The strip is one image; the row's table says the same in words.
 */
export function Strip({ match, scale, hull, width, chosen }: StripProps) {
  const inner = Math.max(1, width - 2 * STRIP_INSET);
  const x = (at: string | null, open: number) => STRIP_INSET + (at === null ? open : scale.x(Date.parse(at))) * inner;
  const dots = dotsOf(match);
  const counted = match.presences.filter(({ isAffected, isVersionUnknown }) => isAffected || isVersionUnknown);
  const possible = counted.flatMap((one) => one.possible);
  const definite = match.presences.filter(({ isAffected }) => isAffected).flatMap((one) => one.definite);
  const [bandFrom, bandTo] = [x(hull.from, 0), x(hull.until, 1)];
  const silent = possible.length > 0 || match.grade === 'RULED_OUT_BY_LISTS' ? null : silenceOf(dots, hull);
  return (
    <svg width={width} height={HEIGHT} className={classes.strip} role="img" aria-label={stripName(match, dots)}>
      {(hull.from !== null || hull.until !== null) && (
        <rect className={classes.band} x={bandFrom - 1} y={0} width={Math.max(3, bandTo - bandFrom + 2)} height={HEIGHT} />
      )}
      {silent !== null && (
        <rect
          className={classes.silent}
          x={x(silent.from, 0)}
          y={MIDDLE - 6.5}
          width={Math.max(2, x(silent.until, 1) - x(silent.from, 0))}
          height={13}
        />
      )}
      {possible.map(({ from, until }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bars of one drawing have no identity.
        <g key={`possible ${at}`}>
          <rect className={classes.ground} x={x(from, 0)} y={MIDDLE - 6.5} width={Math.max(2, x(until, 1) - x(from, 0))} height={13} />
          <rect
            className={classes.possible}
            fill={`url(#${HATCH})`}
            x={x(from, 0)}
            y={MIDDLE - 6.5}
            width={Math.max(2, x(until, 1) - x(from, 0))}
            height={13}
          />
        </g>
      ))}
      {definite.map(({ from, to }, at) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: as above.
          key={`definite ${at}`}
          className={classes.definite}
          x={x(from, 0) - 1}
          y={MIDDLE - 6.5}
          width={Math.max(3, x(to, 1) - x(from, 0) + 2)}
          height={13}
        />
      ))}
      {dots.map((dot) => (
        <g key={dot.id}>
          {dot.id === chosen && <circle className={classes.chosen} cx={x(dot.at, 0)} cy={MIDDLE} r={8.5} />}
          <circle className={dot.kind === 'named' ? classes.dot : classes.ring} cx={x(dot.at, 0)} cy={MIDDLE} r={4.5} />
          {dot.kind === 'unknown' && <circle className={classes.dot} cx={x(dot.at, 0)} cy={MIDDLE} r={1.6} />}
        </g>
      ))}
    </svg>
  );
}

/** Around the hull, where no list says anything: from the last list before it to the first one after it. */
function silenceOf(dots: readonly StripDot[], hull: Strips['hull']): { readonly from: string | null; readonly until: string | null } {
  const begins = hull.from ?? hull.until;
  const ends = hull.until ?? hull.from;
  if (begins === null || ends === null) return { from: null, until: null };
  const before = dots.filter(({ at }) => Date.parse(at) < Date.parse(begins)).at(-1);
  const after = dots.find(({ at }) => Date.parse(at) > Date.parse(ends));
  return { from: before?.at ?? null, until: after?.at ?? null };
}

/** "Quillmark, present, 6 lists, 2 name 4.7.2". */
function stripName({ organization, grade, versions }: StripMatch, dots: readonly StripDot[]): string {
  const named = dots.filter(({ kind }) => kind === 'named').length;
  const lists = dots.length === 1 ? '1 dated list' : `${dots.length} dated lists`;
  const names = named === 0 ? '' : `, ${named} ${named === 1 ? 'names' : 'name'} ${versions.join(', ')}`;
  return `${organization.name}, ${GRADE_WORDS[grade].toLowerCase()}, ${lists}${names}`;
}
