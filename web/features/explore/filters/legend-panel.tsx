import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { KindMark } from '../../../canvas/cytoscape/kind-mark.tsx';
import { kindLooks } from '../../../canvas/cytoscape/kinds.ts';
import { stepShares } from '../../../canvas/explore/graph-styles.ts';
import { countOf, formatCount } from '../../../shared/format/count.ts';
import { ARTIFACT_TYPE_WORDS, capitalize, TIER_WORDS, TIERS } from '../../../shared/format/words.ts';
import type { ArtifactType } from '../../../shared/generated/operations.ts';
import { ArtifactIcon } from '../../../shared/marks/kind-icon.tsx';
import { TierLine } from '../../../shared/marks/tier-disc.tsx';
import { IconButton } from '../../../shared/ui/icon-button.tsx';
import { IconChevronDown, IconChevronRight, IconEyeOff, IconX } from '../../../shared/ui/icons.tsx';
import side from '../../../shared/ui/side-panel.module.css';
import type { ExploreState } from '../../../shared/url/explore-url.ts';
import { ConnectionSample } from '../connection-sample.tsx';
import { type ConnectionKind, connectionKinds, type ExploreModel, nodeKinds, nodeName } from '../explore-model.ts';
import type { OverlayAnswer } from '../overlay/overlay-model.ts';
import classes from './legend-panel.module.css';

const connectionWords: Readonly<Record<ConnectionKind, string>> = {
  READABLE: 'Transfer, readable',
  UNREADABLE: 'Transfer, unreadable',
  ACCESS: 'Access',
  ENGAGEMENT: 'Engagement',
  OWNS: 'Owns',
  HOLDS: 'Holds a copy',
  REVEALS: 'Reveals part of',
};

const COLORS: readonly { readonly value: ExploreState['color']; readonly label: string }[] = [
  { value: 'kind', label: 'Kind' },
  { value: 'country', label: 'Country' },
  { value: 'value', label: 'Value held' },
  { value: 'sensitivity', label: 'Sensitivity of artifacts' },
];
const SIZES: readonly { readonly value: ExploreState['size']; readonly label: string }[] = [
  { value: 'equal', label: 'Equal' },
  { value: 'value', label: 'Value held' },
  { value: 'copies', label: 'Copies held' },
];

interface LegendPanelProps {
  readonly model: ExploreModel;
  readonly state: ExploreState;
  readonly look: (patch: Partial<ExploreState>) => void;
  readonly onShow: (keys: readonly string[]) => void;
  readonly groups: readonly LegendGroup[];
  /** The radius that lies over the graph; null: there is none. */
  readonly radius: OverlayAnswer | null;
}

interface LegendGroup {
  readonly key: string;
  readonly name: string;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly onEnd: () => void;
}

/** The legend, which is also the filter. Each line shows its count and can be turned off. */
export function LegendPanel({ model, state, look, onShow, groups, radius }: LegendPanelProps) {
  const [isListed, setListed] = useState(false);
  const kinds = nodeKinds.filter((kind) => model.kindCounts.has(kind));
  const connections = connectionKinds.filter((kind) => model.connectionCounts.has(kind) || state.edges.includes(kind));
  const types = (Object.keys(ARTIFACT_TYPE_WORDS) as ArtifactType[]).filter((type) => model.typeCounts.has(type));
  return (
    <aside className={`${side.lists} ${classes.panel}`} aria-label="Legend and filter">
      {radius !== null && <RadiusLegend radius={radius} />}
      <section className={`${classes.group} ${classes.look}`}>
        {radius === null && (
          <NativeSelect
            label="Color"
            size="xs"
            // Without artifacts their sensitivity says nothing.
            data={COLORS.filter(({ value }) => value !== 'sensitivity' || state.color === value || model.typeCounts.size > 0)}
            value={state.color}
            onChange={(event) => look({ color: event.currentTarget.value as ExploreState['color'], only: [] })}
          />
        )}
        <NativeSelect
          label="Size"
          size="xs"
          data={SIZES}
          value={state.size}
          onChange={(event) => look({ size: event.currentTarget.value as ExploreState['size'] })}
        />
      </section>
      {model.lookEntries.length > 0 && (
        <Group title={COLORS.find(({ value }) => value === state.color)?.label ?? ''}>
          {model.lookEntries.map(({ key, words, step, count }) => (
            <Line
              key={key}
              words={words}
              count={count}
              isOn={isOn(state.only, key)}
              onToggle={() =>
                look({
                  only: toggled(
                    state.only,
                    model.lookEntries.map((entry) => entry.key),
                    key,
                  ),
                })
              }
            >
              {step !== null && (
                <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
                  <rect
                    x="1.5"
                    y="1.5"
                    width="13"
                    height="13"
                    rx="3"
                    fill="var(--ink-2)"
                    fillOpacity={stepShares[step - 1] ?? 1}
                    stroke="var(--ink-2)"
                    strokeWidth="1.2"
                  />
                </svg>
              )}
            </Line>
          ))}
        </Group>
      )}
      <Group title="On the canvas">
        {kinds.map((kind) => (
          <Line
            key={kind}
            words={kindLooks[kind].words}
            count={model.kindCounts.get(kind) ?? 0}
            isOn={isOn(state.kinds, kind)}
            onToggle={() => look({ kinds: toggled(state.kinds, kinds, kind) })}
          >
            <KindMark kind={kind} />
          </Line>
        ))}
      </Group>
      {connections.length > 0 && (
        <Group title="Connections">
          {connections.map((kind) => (
            <Line
              key={kind}
              words={connectionWords[kind]}
              count={model.connectionCounts.get(kind) ?? 0}
              isOn={isOn(state.edges, kind)}
              onToggle={() => look({ edges: toggled(state.edges, connections, kind) })}
            >
              <ConnectionSample kind={kind} />
            </Line>
          ))}
        </Group>
      )}
      {types.length > 0 && (
        <Group title="Artifact type">
          {types.map((type) => (
            <Line
              key={type}
              words={capitalize(ARTIFACT_TYPE_WORDS[type])}
              count={model.typeCounts.get(type) ?? 0}
              isOn={isOn(state.types, type)}
              onToggle={() => look({ types: toggled(state.types, types, type) })}
            >
              <span className={classes.art}>
                <ArtifactIcon type={type} />
              </span>
            </Line>
          ))}
        </Group>
      )}
      {groups.length > 0 && (
        <Group title="Groups">
          {groups.map(({ key, name, isOpen, onToggle, onEnd }) => (
            <li key={key} className={classes.grouped}>
              <button
                type="button"
                className={classes.line}
                aria-expanded={isOpen}
                title={isOpen ? 'Draw as one mark' : 'Draw the members'}
                onClick={onToggle}
              >
                <span className={classes.mark}>
                  {isOpen ? (
                    <IconChevronDown size={16} stroke={1.6} aria-hidden="true" />
                  ) : (
                    <IconChevronRight size={16} stroke={1.6} aria-hidden="true" />
                  )}
                </span>
                <span className={classes.words}>{name}</span>
              </button>
              <IconButton label={`Ungroup ${name}`} title="Ungroup" onClick={onEnd}>
                <IconX size={14} stroke={1.8} aria-hidden="true" />
              </IconButton>
            </li>
          ))}
        </Group>
      )}
      {model.notDrawn.length > 0 && (
        <div className={classes.hidden}>
          <IconEyeOff size={16} stroke={1.6} aria-hidden="true" />
          <div>
            <p>{countOf(model.notDrawn.length, 'node is', 'nodes are')} hidden</p>
            <p className={classes.actions}>
              <button type="button" onClick={() => onShow(model.notDrawn.map((node) => node.key))}>
                Show all
              </button>
              <button type="button" aria-expanded={isListed} onClick={() => setListed(!isListed)}>
                {isListed ? 'Close list' : 'Show list'}
              </button>
            </p>
            {isListed && (
              <ul>
                {model.notDrawn.map((node) => (
                  <li key={node.key}>
                    <button type="button" onClick={() => onShow([node.key])} title="Show on the canvas">
                      {nodeName(node)}
                    </button>
                  </li>
                ))}
              </ul>
            )}
          </div>
        </div>
      )}
    </aside>
  );
}

/** The meanings of colors while a radius lies over the graph. The counts are those of the whole answer. */
function RadiusLegend({ radius: { origins, summary } }: { readonly radius: OverlayAnswer }) {
  const counts = { EXPOSED: summary.exposedCount, POSSIBLE: summary.possibleCount, CONTAINED: summary.containedCount };
  return (
    <>
      <Group title="In the radius">
        {(
          [
            ['Origin', origins.length, <rect key="mark" x="3" y="1" width="14" height="14" rx="3" fill="var(--exposed)" />],
            [
              'Reached',
              summary.reachedCount - origins.length,
              <rect
                key="mark"
                x="3.8"
                y="1.8"
                width="12.4"
                height="12.4"
                rx="3"
                fill="var(--surface)"
                stroke="var(--ink)"
                strokeWidth="1.5"
              />,
            ],
            ['Labs affected', summary.affectedLabCount, <path key="mark" d="M2 8l4-6.500h8l4 6.500-4 6.500h-8z" fill="var(--ink-2)" />],
          ] as const
        ).map(([words, count, mark]) => (
          <li key={words} className={classes.line} data-legend={words}>
            <span className={classes.mark}>
              <svg width="20" height="16" viewBox="0 0 20 16" aria-hidden="true">
                {mark}
              </svg>
            </span>
            <span className={classes.words}>{words}</span>
            <span className={classes.count}>{formatCount(count)}</span>
          </li>
        ))}
      </Group>
      <Group title="Artifacts, and the copies carried">
        {TIERS.map((tier) => (
          <li key={tier} className={classes.line} data-legend={TIER_WORDS[tier].word}>
            <span className={classes.mark}>
              <TierLine tier={tier} />
            </span>
            <span className={classes.words}>{TIER_WORDS[tier].word}</span>
            <span className={classes.count}>{formatCount(counts[tier])}</span>
          </li>
        ))}
      </Group>
    </>
  );
}

function isOn(list: readonly string[], value: string): boolean {
  return list.length === 0 || list.includes(value);
}

/** An empty list means all. Turning one off lists the others; turning the last one back on empties the list. */
function toggled<T extends string>(list: readonly string[], all: readonly T[], value: T): readonly string[] {
  const before = all.filter((other) => isOn(list, other));
  const after = before.includes(value) ? before.filter((other) => other !== value) : [...before, value];
  return after.length === all.length || after.length === 0 ? [] : after;
}

function Group({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <section className={classes.group}>
      <h2>{title}</h2>
      <ul>{children}</ul>
    </section>
  );
}

interface LineProps {
  readonly words: string;
  readonly count: number;
  readonly isOn: boolean;
  readonly onToggle: () => void;
  readonly children: React.ReactNode;
}

function Line({ words, count, isOn: isShown, onToggle, children }: LineProps) {
  return (
    <li data-legend={isShown ? words : undefined}>
      <button
        type="button"
        className={classes.line}
        aria-pressed={isShown}
        title={isShown ? `Hide “${words}”` : `Show “${words}”`}
        onClick={onToggle}
      >
        <span className={classes.mark}>{children}</span>
        <span className={classes.words}>{words}</span>
        <span className={classes.count}>{count}</span>
      </button>
    </li>
  );
}
