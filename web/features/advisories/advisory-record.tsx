import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { Refused } from '../../shared/changes/ask-change.ts';
import { ChangeForm } from '../../shared/changes/change-form.tsx';
import { joinSome } from '../../shared/format/count.ts';
import { formatDay, formatInstant } from '../../shared/format/instant.ts';
import type { AdvisoryKind, AdvisoryRecordQuery, AvailabilityInput } from '../../shared/generated/operations.ts';
import { IconAlertTriangle, IconInfoCircle, IconX } from '../../shared/ui/icons.tsx';
import { canWrite } from '../../shared/viewer/viewer.ts';
import classes from './advisory.module.css';
import { packageName, type Strips } from './grade-words.ts';

export type AdvisoryRecord = NonNullable<AdvisoryRecordQuery['advisory']>;

export function KindChip({ kind }: { readonly kind: AdvisoryKind }) {
  return (
    <span className={classes.kind} data-kind={kind}>
      {kind === 'MALWARE' && <IconAlertTriangle size={13} stroke={2} />}
      {kind === 'MALWARE' ? 'Malware' : 'Vulnerability'}
    </span>
  );
}

interface RecordProps {
  readonly record: AdvisoryRecord;
  /** Of the proposal: recorded claims and those that are tried here. Null: not known yet. */
  readonly windows: Pick<Strips, 'hull' | 'agreed'> | null;
  /** Claims of this proposal alone. */
  readonly claims: readonly AvailabilityInput[];
  readonly onClaims: (claims: readonly AvailabilityInput[]) => void;
  /** Records a claim for everybody, or takes a source's claims back. Resolves to a sentence where it failed. */
  readonly onRecord: (source: string, claims: readonly AvailabilityInput[]) => Promise<Refused | undefined>;
  readonly onTakeBack: () => Promise<Refused | undefined>;
}

/** The record of an advisory: its clocks, each with what it is worth, and when an affected version could be installed, as each source says. */
export function AdvisoryRecordPanel({ record, windows, claims, onClaims, onRecord, onTakeBack }: RecordProps) {
  const { id, aliases, kind, summary, affected, knownBy, withdrawnAt, references, availabilities, provenances } = record;
  const [problem, setProblem] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <p className={classes.kindLine}>
        <KindChip kind={kind} />
        <span>{provenances.length === 1 ? '1 record' : `${provenances.length} records, 1 advisory`}</span>
      </p>
      <h2 className={classes.id}>{id}</h2>
      {aliases.length > 0 && <p className={classes.aliases}>also {aliases.join(', ')}</p>}
      {summary !== '' && <p className={classes.summary}>{summary}</p>}
      <dl className={classes.facts}>
        {affected.map((one) => (
          <Fact key={one.package} title="Package" note={versionsOf(one)}>
            {packageName(one.package)}
          </Fact>
        ))}
        <Fact title="Known by" note="Shown only. Nothing is computed with it.">
          {knownBy === null ? 'not stated' : formatInstant(knownBy)}
        </Fact>
        {provenances.map(({ assertedAt, file, line }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: records of one advisory have no name of their own here.
          <Fact key={at} title={provenances.length === 1 ? 'Recorded' : `Record ${at + 1}`} note="The record’s clock. It bounds nothing.">
            {formatInstant(assertedAt)}
            {file !== null && <small>{line === null ? file : `${file}, line ${line}`}</small>}
          </Fact>
        ))}
        <Fact
          title="Withdrawn"
          note={withdrawnAt === null ? undefined : 'A false positive. It proposes nothing; nobody says that the package is gone.'}
        >
          {withdrawnAt === null ? 'No' : formatInstant(withdrawnAt)}
        </Fact>
        {references.length > 0 && (
          <Fact title="References">
            <span className={classes.references}>{joinSome(references, 3)}</span>
          </Fact>
        )}
      </dl>
      <Claims recorded={availabilities} tried={claims} windows={windows} onClaims={onClaims} onRecord={onRecord} />
      {canWrite() && (
        <p className={classes.takeBack}>
          {isAsking ? (
            <>
              The records leave every answer; saved incidents keep what they were proposed from.{' '}
              <Button variant="default" size="compact-xs" onClick={async () => setProblem((await onTakeBack())?.sentence ?? null)}>
                Retract
              </Button>{' '}
              <Button variant="subtle" size="compact-xs" onClick={() => setAsking(false)}>
                Cancel
              </Button>
            </>
          ) : (
            <Button variant="subtle" size="compact-xs" ml={-8} onClick={() => setAsking(true)}>
              Retract this advisory
            </Button>
          )}
          {problem !== null && <span role="alert">{problem}</span>}
        </p>
      )}
    </>
  );
}

function Fact({ title, note, children }: { readonly title: string; readonly note?: string | undefined; readonly children: ReactNode }) {
  return (
    <>
      <dt>{title}</dt>
      <dd>
        {children}
        {note !== undefined && <small>{note}</small>}
      </dd>
    </>
  );
}

const ECOSYSTEMS: Readonly<Record<string, string>> = {
  pypi: 'PyPI',
  npm: 'npm',
  maven: 'Maven',
  cargo: 'Cargo',
  golang: 'Go',
  hex: 'Hex',
  pub: 'Pub',
  oci: 'OCI',
};

function versionsOf({ package: purl, versions, ranges, ignoredRanges }: AdvisoryRecord['affected'][number]): string {
  const type = /^pkg:([^/]+)/.exec(purl)?.[1] ?? '';
  const parts = [
    ECOSYSTEMS[type] ?? type,
    versions.length === 0 ? '' : `${versions.length === 1 ? 'version' : 'versions'} ${joinSome(versions, 8)}`,
    ranges.length === 0 ? '' : joinSome(ranges, 4),
    versions.length === 0 && ranges.length === 0 && ignoredRanges.length === 0 ? 'every version' : '',
    ignoredRanges.length === 0 ? '' : 'a range without bounds beside the versions is ignored',
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

interface Claim {
  readonly source: string;
  readonly from?: string | null | undefined;
  readonly until?: string | null | undefined;
  readonly package?: string | null | undefined;
  readonly versions?: readonly string[] | null | undefined;
}

interface ClaimsProps {
  readonly recorded: AdvisoryRecord['availabilities'];
  readonly tried: readonly AvailabilityInput[];
  readonly windows: RecordProps['windows'];
  readonly onClaims: RecordProps['onClaims'];
  readonly onRecord: RecordProps['onRecord'];
}

/** When an affected version could be installed: a bar for each claim, their hull, and what they agree on. */
function Claims({ recorded, tried, windows, onClaims, onRecord }: ClaimsProps) {
  const [isOpen, setOpen] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const shown: readonly Claim[] = [...recorded, ...tried];
  const instants = shown.flatMap(({ from, until }) => [from, until]).flatMap((at) => (typeof at === 'string' ? Date.parse(at) : []));
  const day = oneDayOf(instants);
  const axis = axisOf(instants);
  const packages = new Set(shown.map((claim) => claim.package));
  const remove = async (source: string) => setProblem((await onRecord(source, []))?.sentence ?? null);
  return (
    <section className={classes.claims} aria-label="Could be installed">
      <header>
        <h3>Could be installed</h3>
        <Button variant="subtle" size="compact-xs" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Close' : 'Add a claim'}
        </Button>
      </header>
      {shown.length === 0 ? (
        <p className={classes.note}>Nobody says when. So every time counts, and no list can rule an organization out.</p>
      ) : (
        <p className={classes.note}>
          {day === null ? 'UTC' : `${day}, UTC`}. {shown.length === 1 ? 'One source.' : `${shown.length} claims, side by side.`}
        </p>
      )}
      {isOpen && (
        <ClaimForm
          onTry={(claim) => {
            onClaims([...tried, claim]);
            setOpen(false);
          }}
          onRecord={async (claim) => {
            const earlier = recorded
              .filter(({ source }) => source === claim.source)
              .map(({ package: name, versions, from, until, source }) => ({ package: name, versions, from, until, source }));
            const failed = await onRecord(claim.source, [...earlier, claim]);
            if (failed === null) setOpen(false);
            return failed;
          }}
        />
      )}
      {problem !== null && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
      <ul className={classes.bars}>
        {recorded.map((claim, at) => (
          <Bar
            // biome-ignore lint/suspicious/noArrayIndexKey: several claims of one source stand side by side.
            key={`recorded ${at}`}
            title={packages.size > 1 ? `${claim.source} · ${packageName(claim.package)}` : claim.source}
            claim={claim}
            axis={axis}
            day={day}
            look="claim"
            onRemove={canWrite() ? { label: `Retract the claims of ${claim.source}`, run: () => remove(claim.source) } : undefined}
          />
        ))}
        {tried.map((claim, at) => (
          <Bar
            // biome-ignore lint/suspicious/noArrayIndexKey: as above.
            key={`tried ${at}`}
            title={`${claim.source} · only here`}
            claim={claim}
            axis={axis}
            day={day}
            look="claim"
            onRemove={{ label: `Remove the claim of ${claim.source}`, run: () => onClaims(tried.filter((_, other) => other !== at)) }}
          />
        ))}
        {windows !== null && shown.length > 0 && (
          <>
            <Bar title="Hull" claim={{ source: 'Hull', ...windows.hull }} axis={axis} day={day} look="hull" />
            {windows.agreed === null ? (
              <li className={classes.disagree}>No moment is in all claims.</li>
            ) : (
              <Bar title="All agree on" claim={{ source: 'All agree on', ...windows.agreed }} axis={axis} day={day} look="agreed" />
            )}
          </>
        )}
      </ul>
      {axis !== null && (
        <div className={classes.barAxis} aria-hidden="true">
          {axisTicks(axis).map((at) => (
            <span key={at} style={{ left: `${(100 * (at - axis.from)) / (axis.until - axis.from)}%` }}>
              {axisLabel(at, day !== null)}
            </span>
          ))}
        </div>
      )}
      <p className={classes.hint}>
        <IconInfoCircle size={14} stroke={1.8} />
        Nobody says when the last copy was removed. What was installed runs on.
      </p>
    </section>
  );
}

interface Axis {
  readonly from: number;
  readonly until: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

function axisOf(instants: readonly number[]): Axis | null {
  if (instants.length === 0) return null;
  const [first, last] = [Math.min(...instants), Math.max(...instants)];
  const edge = Math.max(HOUR_MS / 2, (last - first) * 0.12);
  return { from: first - edge, until: last + edge };
}

/** The day that all instants are of; null: they are of several. */
function oneDayOf(instants: readonly number[]): string | null {
  const days = new Set(instants.map((at) => Math.floor(at / DAY_MS)));
  return days.size === 1 ? formatDay(new Date(instants[0] as number).toISOString()) : null;
}

/** At most five round times. */
function axisTicks({ from, until }: Axis): readonly number[] {
  const steps = [0.5, 1, 2, 3, 6, 12, 24, 48, 120, 240, 720, 2160, 8760].map((hours) => hours * HOUR_MS);
  const step = steps.find((each) => (until - from) / each <= 5) ?? until - from;
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: 6 }, (_, at) => first + at * step).filter(
    (at) => at - from >= 0.07 * (until - from) && until - at >= 0.07 * (until - from),
  );
}

function axisLabel(at: number, isOneDay: boolean): string {
  const text = new Date(at).toISOString();
  return isOneDay ? text.slice(11, 16) : formatDay(text).replace(/, \d{4}$/, '');
}

interface BarProps {
  readonly title: string;
  readonly claim: Claim;
  readonly axis: Axis | null;
  readonly day: string | null;
  readonly look: 'claim' | 'hull' | 'agreed';
  readonly onRemove?: { readonly label: string; readonly run: () => void } | undefined;
}

function Bar({ title, claim: { from = null, until = null }, axis, day, look, onRemove }: BarProps) {
  const at = (instant: string | null, open: number) =>
    axis === null || instant === null ? open : (100 * (Date.parse(instant) - axis.from)) / (axis.until - axis.from);
  const [start, end] = [at(from, 0), at(until, 100)];
  return (
    <li className={classes.claim} data-look={look}>
      <span className={classes.claimSource}>{title}</span>
      <span className={classes.claimTime}>
        {timesOf(from, until, day)}
        {look !== 'claim' && canWrite() && <span className={classes.noRemove} />}
        {onRemove !== undefined && (
          <button type="button" className={classes.remove} aria-label={onRemove.label} title={onRemove.label} onClick={onRemove.run}>
            <IconX size={12} stroke={2} />
          </button>
        )}
      </span>
      <span className={classes.track} aria-hidden="true">
        <span
          className={classes.bar}
          data-open={[from === null ? 'start' : '', until === null ? 'end' : ''].join(' ').trim() || undefined}
          style={{ left: `${start}%`, width: `max(4px, ${Math.max(0, end - start)}%)` }}
        />
      </span>
    </li>
  );
}

function timesOf(from: string | null, until: string | null, day: string | null): string {
  const words = (at: string) => (day === null ? formatInstant(at) : at.slice(11, 16));
  if (from === null && until === null) return 'open';
  if (from === null) return `until ${words(until as string)}`;
  if (until === null) return `from ${words(from)}`;
  return from === until ? `at ${words(from)}` : `${words(from)}–${words(until)}`;
}

interface ClaimFormProps {
  readonly onTry: (claim: AvailabilityInput) => void;
  readonly onRecord: (claim: AvailabilityInput) => Promise<Refused | undefined>;
}

/** A claim is tried in this proposal alone, or recorded for everybody. One side may be open. */
function ClaimForm({ onTry, onRecord }: ClaimFormProps) {
  const read = ({ source, from, until }: Readonly<Record<'source' | 'from' | 'until', string>>): AvailabilityInput | Refused => {
    if (from === '' && until === '') return new Refused({ path: ['from'], message: 'Give at least one of the two times.' });
    if (from !== '' && until !== '' && Date.parse(until) < Date.parse(from))
      return new Refused({ path: ['until'], message: 'The claim ends before it begins. Correct one of the two.' });
    return { source, from: from || null, until: until || null };
  };
  return (
    <ChangeForm
      look="row"
      isSmall
      isOpened
      fields={[
        { name: 'source', label: 'Who says so', maxLength: 500, needed: 'Name who says so, such as “Registry notice”.' },
        { name: 'from', label: 'From, UTC', edge: 'start' },
        { name: 'until', label: 'Until, UTC', edge: 'start' },
      ]}
      start={{ source: '', from: '', until: '' }}
      submit="Use it here"
      save={async (texts) => {
        const claim = read(texts);
        if (claim instanceof Refused) return claim;
        onTry(claim);
      }}
      also={
        canWrite()
          ? {
              submit: 'Record it for everybody',
              save: async (texts) => {
                const claim = read(texts);
                return claim instanceof Refused ? claim : onRecord(claim);
              },
            }
          : undefined
      }
    >
      <p className={classes.note}>One of the two may be empty. Equal times state one instant, such as “still there at 11:58”.</p>
    </ChangeForm>
  );
}
