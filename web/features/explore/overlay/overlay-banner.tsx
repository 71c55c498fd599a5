import { Button, TextInput } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { countOf, formatCount, joinNames } from '../../../shared/format/count.ts';
import { formatWindow } from '../../../shared/format/instant.ts';
import { formatMoney } from '../../../shared/format/money.ts';
import { incidentWords, TIER_WORDS, TIERS } from '../../../shared/format/words.ts';
import { FailedLine } from '../../../shared/lists/answer-frame.tsx';
import { TierDisc } from '../../../shared/marks/tier-disc.tsx';
import { useAnnounce } from '../../../shared/ui/announcer.tsx';
import { IconRadar2, IconX } from '../../../shared/ui/icons.tsx';
import { Link } from '../../../shared/ui/link.tsx';
import { radiusHref } from '../../../shared/url/blast-radius-url.ts';
import type { Overlay } from '../../../shared/url/explore-url.ts';
import { useTypedRange } from '../../../shared/windows/use-typed-range.ts';
import { heldNow } from '../../../shared/windows/window-fields.ts';
import type { CanvasSteps } from '../use-canvas-steps.ts';
import type { DrawnGraph } from '../use-drawn-graph.ts';
import classes from './overlay-banner.module.css';
import type { OverlayAnswer } from './overlay-model.ts';

interface OverlayBannerProps {
  readonly steps: CanvasSteps;
  readonly drawn: DrawnGraph;
}

const RESTS = [
  ['dim', 'Dim'],
  ['hide', 'Hide'],
  ['plain', 'Plain'],
] as const;

/** The radius that lies over the graph: its question, its figures, and the way out. Nothing without one. */
export function OverlayBanner({ steps, drawn }: OverlayBannerProps) {
  const { state, look } = steps;
  const { overlay, knownAt } = state;
  const { asked, answer, radius, linesNote } = drawn.overlay;
  const announce = useAnnounce();
  const box = useRef<HTMLElement>(null);
  const sentence = answer === null ? null : bannerSentence(answer);
  useEffect(() => {
    if (sentence !== null) announce(sentence);
  }, [sentence, announce]);
  if (overlay === null) return null;
  const change = (patch: Partial<Overlay>) => look({ overlay: { ...overlay, ...patch }, nodes: drawn.openKeys });
  const leave = () => {
    look({ overlay: null, nodes: drawn.openKeys, isAll: drawn.openKeys.length === 0 });
    document.querySelector<HTMLElement>('[data-testid="graph"]')?.focus();
  };
  const names =
    answer?.origins.map(({ name }) => name) ?? overlay.origins.map((id) => drawn.nodeOf(`organization:${id}`)?.organization?.name ?? id);
  const title = names.length <= 2 ? joinNames(names) : `${names[0]} and ${names.length - 1} more`;
  const { question } = asked;
  const isAsking = question.phase === 'asking' || asked.isStale;
  return (
    <section ref={box} className={classes.banner} aria-label="Radius over the graph" data-stale={isAsking || undefined}>
      <div className={classes.line}>
        <IconRadar2 size={20} stroke={1.6} aria-hidden="true" />
        <div className={classes.words}>
          <h2>
            {title === '' ? 'Radius' : `Radius of ${title}`}
            {overlay.incident !== null && <span className={classes.pill}>{incidentWords(overlay.incident)}</span>}
            {answer !== null && (
              <span className={classes.figures}>
                <Counts summary={answer.summary} />
                <span>{formatMoney(answer.summary.worstCaseLossUsd)} worst case</span>
              </span>
            )}
          </h2>
          {answer !== null && (
            <p>
              Core {formatWindow(answer.core)} UTC · widest {formatWindow(answer.widest)} · up to {countOf(answer.maxHops, 'hop', 'hops')}
            </p>
          )}
        </div>
        <Link className={classes.button} href={radiusHref({ ...overlay, knownAt })}>
          Open the radius
        </Link>
        <button type="button" className={classes.button} onClick={leave}>
          <IconX size={14} stroke={1.8} aria-hidden="true" />
          Leave the overlay
        </button>
      </div>
      {drawn.overlay.input === null && <When title={title} onChoose={change} />}
      <FailedLine asked={{ ...asked, data: answer }} />
      {radius !== null && (
        <div className={`${classes.line} ${classes.under}`}>
          <span className={classes.rest}>
            {drawn.outside.length > 0 && <span>{countOf(drawn.outside.length, 'drawn node is', 'drawn nodes are')} not in it:</span>}
            {drawn.outside.length > 0 && (
              // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row everywhere
              <span role="group" aria-label="What is not in the radius" className={classes.switch}>
                {RESTS.map(([rest, word]) => (
                  <button key={rest} type="button" aria-pressed={overlay.rest === rest} onClick={() => change({ rest })}>
                    {word}
                  </button>
                ))}
              </span>
            )}
            {missingSentence(drawn) !== null && (
              <>
                <span>{missingSentence(drawn)}</span>
                {!drawn.graph.isImplied && (
                  <button type="button" className={classes.act} onClick={() => look({ nodes: [], selection: null })}>
                    Show those of the radius alone
                  </button>
                )}
              </>
            )}
          </span>
          {linesNote !== null && <span>{linesNote}</span>}
        </div>
      )}
    </section>
  );
}

/** How many organizations of the radius are not on the canvas; null: none. */
function missingSentence({ overlay: { radius }, graph }: DrawnGraph): string | null {
  if (radius === null) return null;
  const drawn = new Set(graph.nodes.map(({ key }) => key));
  const missing = radius.keys.filter((key) => !drawn.has(key)).length;
  if (missing === 0) return null;
  return `${formatCount(missing)} of all ${countOf(radius.keys.length, 'organization', 'organizations')} of the radius are not drawn.`;
}

/** "Radius of Quillmark: 14 exposed, 6 possible, 5 contained." */
function bannerSentence({ origins, summary }: OverlayAnswer): string {
  const counts = `${formatCount(summary.exposedCount)} exposed, ${formatCount(summary.possibleCount)} possible, ${formatCount(summary.containedCount)} contained`;
  return `Radius of ${joinNames(origins.slice(0, 2).map(({ name }) => name))}: ${counts}.`;
}

type Summary = Pick<OverlayAnswer['summary'], 'exposedCount' | 'possibleCount' | 'containedCount'>;

function countsOf({ exposedCount, possibleCount, containedCount }: Summary) {
  return { EXPOSED: exposedCount, POSSIBLE: possibleCount, CONTAINED: containedCount };
}

export function Counts({ summary, than }: { readonly summary: Summary; readonly than?: Summary }) {
  const [counts, before] = [countsOf(summary), than === undefined ? null : countsOf(than)];
  return TIERS.map((tier) => (
    <span key={tier} className={classes.count} title={TIER_WORDS[tier].word} data-count={tier}>
      <TierDisc tier={tier} size={11} />
      <span className="visually-hidden">{TIER_WORDS[tier].word} </span>
      {before !== null && before[tier] !== counts[tier] && `${formatCount(before[tier])} → `}
      {formatCount(counts[tier])}
    </span>
  ));
}

/** When the organizations were compromised, asked before anything is answered. */
function When({ title, onChoose }: { readonly title: string; readonly onChoose: (when: Pick<Overlay, 'core' | 'widest'>) => void }) {
  const { problem, field, onSubmit } = useTypedRange({ words: 'When', onRange: (range) => onChoose({ core: range, widest: range }) });
  return (
    <form className={classes.line} onSubmit={onSubmit}>
      <span>When was {title} compromised?</span>
      <TextInput size="xs" aria-label="When, in UTC" autoFocus {...field} />
      <Button size="compact-sm" type="submit">
        Show
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => onChoose(heldNow())}>
        As held today
      </Button>
      {problem !== null && (
        <span className={classes.problem} role="alert">
          {problem}
        </span>
      )}
    </form>
  );
}
