import { formatCount } from '../../shared/format/count.ts';
import type { ChangeKind, ComparedArtifactFragment } from '../../shared/generated/operations.ts';
import { MoreRowsLine } from '../../shared/lists/more-rows.tsx';
import { type Connection, useMoreRows } from '../../shared/lists/use-more-rows.ts';
import { TIER_WORDS } from '../../shared/ui/tier.ts';
import { TierDisc } from '../../shared/ui/tier-disc.tsx';
import classes from './what-if.module.css';
import { CHANGE_WORDS } from './what-if-words.ts';

const KINDS: readonly ChangeKind[] = ['LEFT', 'WEAKENED', 'STAYED', 'STRENGTHENED', 'JOINED'];
const ALWAYS: readonly ChangeKind[] = ['LEFT', 'WEAKENED', 'STAYED'];

interface ChangesPanelProps {
  readonly changes: Connection<ComparedArtifactFragment>;
  readonly counts: readonly { readonly kind: ChangeKind; readonly count: number }[];
  /** The sentence if no artifact changed. */
  readonly nothing: string;
  readonly loadMore: (after: string) => Promise<Connection<ComparedArtifactFragment> | null>;
}

/** Every artifact of either radius by what became of it, each with the reason. */
export function ChangesPanel({ changes, counts, nothing, loadMore }: ChangesPanelProps) {
  const list = useMoreRows(changes, loadMore);
  const count = (kind: ChangeKind) => counts.find((each) => each.kind === kind)?.count ?? 0;
  const isNothing = KINDS.every((kind) => kind === 'STAYED' || count(kind) === 0);
  const kinds = KINDS.filter((kind) => ALWAYS.includes(kind) || count(kind) > 0);
  const rowsOf = (kind: ChangeKind) => list.rows.filter((row) => row.kind === kind);
  const isBounded = list.rows.length < list.totalCount;
  return (
    <section className={classes.changes} aria-label="What changed">
      {isBounded && (
        <div className={classes.more}>
          <MoreRowsLine list={list} noun="artifacts" />
        </div>
      )}
      {isNothing && <p className={classes.nothing}>{nothing}</p>}
      {!isNothing && (
        <div className={classes.columns}>
          {kinds.map((kind) => (
            <section key={kind} className={classes.column} aria-label={CHANGE_WORDS[kind]}>
              <h2>
                <strong>{formatCount(count(kind))}</strong> {CHANGE_WORDS[kind]}
                {rowsOf(kind).length < count(kind) && <span className={classes.shown}>{formatCount(rowsOf(kind).length)} listed</span>}
              </h2>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling list must take focus. */}
              <ul tabIndex={0} aria-label={`${CHANGE_WORDS[kind]}, list`}>
                {rowsOf(kind).map(({ artifact, before, after, because }) => (
                  <li key={artifact.id} title={because}>
                    <span className={classes.changed}>
                      <span className={classes.artifact}>{artifact.name}</span>
                      {before !== null && after !== null && before.tier !== after.tier && (
                        <span className={classes.tiers}>
                          <TierDisc tier={before.tier} size={11} />
                          <span className="visually-hidden">{TIER_WORDS[before.tier].word}</span> → <TierDisc tier={after.tier} size={11} />{' '}
                          {TIER_WORDS[after.tier].word}
                        </span>
                      )}
                    </span>
                    <span className={classes.because}>{because}</span>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      )}
    </section>
  );
}
