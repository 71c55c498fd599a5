import { formatCount } from '../../shared/format/count.ts';
import { TIER_WORDS } from '../../shared/format/words.ts';
import type { ChangeKind, ComparedArtifactFragment } from '../../shared/generated/operations.ts';
import { MoreRowsLine } from '../../shared/lists/more-rows.tsx';
import { type Connection, useMoreRows } from '../../shared/lists/use-more-rows.ts';
import { TierDisc } from '../../shared/marks/tier-disc.tsx';
import classes from './what-if.module.css';
import { CHANGE_WORDS } from './what-if-words.ts';

/** Kinds of change in the order of their columns: changes first, then the artifacts that stayed. */
const KINDS: readonly ChangeKind[] = ['LEFT', 'WEAKENED', 'STRENGTHENED', 'JOINED', 'STAYED'];

interface ChangesPanelProps {
  /** The first rows of each kind; their totals are those of the whole answer. */
  readonly lists: Readonly<Record<ChangeKind, Connection<ComparedArtifactFragment>>>;
  /** Kinds that have a column even where no artifact changed so. */
  readonly always?: readonly ChangeKind[];
  /** The sentence if no artifact changed. */
  readonly nothing: string;
  readonly loadMore: LoadMore;
}

type LoadMore = (kind: ChangeKind, after: string) => Promise<Connection<ComparedArtifactFragment> | null>;

/** Every artifact of either radius by what became of it, each with the reason. */
export function ChangesPanel({ lists, always = [], nothing, loadMore }: ChangesPanelProps) {
  const isNothing = KINDS.every((kind) => kind === 'STAYED' || lists[kind].totalCount === 0);
  const kinds = KINDS.filter((kind) => always.includes(kind) || lists[kind].totalCount > 0);
  return (
    <section className={classes.changes} aria-label="What changed">
      {isNothing ? (
        <p className={classes.nothing}>{nothing}</p>
      ) : (
        <div className={classes.columns}>
          {kinds.map((kind) => (
            <Column key={kind} kind={kind} first={lists[kind]} loadMore={loadMore} />
          ))}
        </div>
      )}
    </section>
  );
}

interface ColumnProps {
  readonly kind: ChangeKind;
  readonly first: Connection<ComparedArtifactFragment>;
  readonly loadMore: LoadMore;
}

function Column({ kind, first, loadMore }: ColumnProps) {
  const list = useMoreRows(first, (after) => loadMore(kind, after));
  const words = CHANGE_WORDS[kind];
  return (
    <section className={classes.column} aria-label={words}>
      <h2>
        <strong>{formatCount(first.totalCount)}</strong> {words}
      </h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling list must take focus. */}
      <ul tabIndex={0} aria-label={`${words}, list`}>
        {list.rows.map(({ artifact, before, after, because }) => (
          <li key={artifact.id} title={because}>
            <span className={classes.changed}>
              <span className="one-line">{artifact.name}</span>
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
      <MoreRowsLine list={list} noun="artifacts" />
    </section>
  );
}
