import { Button, SegmentedControl, Select } from '@mantine/core';
import { type ComponentType, useMemo, useState } from 'react';
import { ExportMenu } from '../../../shared/export/export-menu.tsx';
import { formatCount } from '../../../shared/format/count.ts';
import { showHidden } from '../../../shared/format/hidden-characters.ts';
import { NodeExistsDocument, PathsDocument } from '../../../shared/generated/operations.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../../shared/lists/answer-frame.tsx';
import { IconButton } from '../../../shared/ui/icon-button.tsx';
import { IconX } from '../../../shared/ui/icons.tsx';
import { ScrollBox } from '../../../shared/ui/scroll-box.tsx';
import side from '../../../shared/ui/side-panel.module.css';
import { SourceNote } from '../../../shared/ui/source-note.tsx';
import { ConnectionSample } from '../connection-sample.tsx';
import { idOf, isOrganization } from '../node-key.ts';
import classes from './path-panel.module.css';
import {
  type FoundPath,
  factWords,
  groupPaths,
  nodeWords,
  pathKey,
  pathTitle,
  pathVariables,
  stepVerb,
  WAY_CHOICES,
  type WayChoice,
} from './path-words.ts';

export interface FinderProps {
  readonly label: string;
  readonly onPick: (key: string) => void;
}

interface PathEnd {
  readonly key: string;
  /** Null: it is not on the canvas. */
  readonly name: string | null;
}

interface PathPanelProps {
  readonly from: PathEnd;
  /** Null: still to be chosen. */
  readonly to: PathEnd | null;
  /** Finds an organization or artifact by name. */
  readonly Finder: ComponentType<FinderProps>;
  readonly onTo: (key: string) => void;
  readonly onTurn: () => void;
  readonly onShow: (path: FoundPath) => void;
  readonly onClose: () => void;
}

/** The ways from one node to another, custody first. Each step shows its kind, its direction and its records. */
export function PathPanel({ from, to, Finder, onTo, onTurn, onShow, onClose }: PathPanelProps) {
  const [kind, setKind] = useState<WayChoice>('all');
  const [direction, setDirection] = useState('along');
  const toKey = to?.key ?? null;
  const owner = useOwner(from.key, toKey);
  const isDirected = direction === 'along';
  const variables = useMemo(() => pathVariables(from.key, toKey, kind, isDirected, owner), [from.key, toKey, kind, isDirected, owner]);
  const asked = useQuestion(PathsDocument, variables);
  const fromName = useEndName(from);
  const toName = useEndName(to);
  return (
    <aside data-inspector className={`${side.panel} ${side.lists} ${classes.panel}`} aria-label="Paths">
      <header className={classes.head}>
        <div>
          <h2>Path from {fromName}</h2>
          <p>{to === null ? 'Choose the end of the path.' : `to ${toName}`}</p>
        </div>
        <IconButton label="Close paths" onClick={onClose}>
          <IconX size={18} stroke={1.6} aria-hidden="true" />
        </IconButton>
      </header>
      <div className={classes.controls}>
        <Finder label={to === null ? 'End of the path' : 'Another end'} onPick={onTo} />
        <Select
          aria-label="Which connections"
          data={Object.entries(WAY_CHOICES).map(([value, label]) => ({ value, label }))}
          value={kind}
          onChange={(value) => setKind((value ?? 'all') as WayChoice)}
          allowDeselect={false}
        />
        <SegmentedControl
          fullWidth
          aria-label="Direction"
          value={direction}
          onChange={setDirection}
          data={[
            { value: 'along', label: 'Along arrows' },
            { value: 'both', label: 'Either way' },
          ]}
        />
        {to !== null && (
          <div className={classes.buttons}>
            <Button variant="default" size="compact-sm" onClick={onTurn}>
              Reverse
            </Button>
            {variables !== null && <ExportMenu name="paths" operation={{ document: PathsDocument, variables }} />}
          </div>
        )}
      </div>
      <ScrollBox label="Paths found" className={classes.scroll}>
        {variables !== null && (
          <AnswerFrame asked={asked} waiting="Looking for paths">
            {(answer) => {
              const groups = groupPaths(answer);
              if (groups.length === 0)
                return <p className={classes.none}>No path of up to 6 steps{isDirected ? ' along the arrows. Try either way.' : '.'}</p>;
              return groups.map(({ title, note, paths }) => (
                <section key={title} aria-label={title}>
                  <h3 className={classes.group}>
                    {title} <span>{note}</span>
                  </h3>
                  <ol>
                    {paths.map((path) => (
                      <li key={pathKey(path)}>
                        <PathItem path={path} onShow={onShow} />
                      </li>
                    ))}
                  </ol>
                </section>
              ));
            }}
          </AnswerFrame>
        )}
      </ScrollBox>
    </aside>
  );
}

/** The owner of the artifact at one end; null without one, and until it is known. */
function useOwner(from: string, to: string | null): string | null {
  const artifact = [from, to].find((key) => key !== null && !isOrganization(key)) ?? null;
  const asked = useQuestion(
    NodeExistsDocument,
    useMemo(() => (artifact === null ? null : { organization: idOf(artifact), artifact: idOf(artifact) }), [artifact]),
  );
  return artifact === null ? null : (asked.data?.artifact?.owner.id ?? null);
}

/** The name of an end. Requested from the server if the canvas does not show the node. */
function useEndName(end: PathEnd | null): string {
  const key = end !== null && end.name === null ? end.key : null;
  const asked = useQuestion(
    NodeExistsDocument,
    useMemo(() => (key === null ? null : { organization: idOf(key), artifact: idOf(key) }), [key]),
  );
  if (end === null) return '';
  const found = isOrganization(end.key) ? asked.data?.organization : asked.data?.artifact;
  return end.name ?? found?.name ?? showHidden(idOf(end.key));
}

function PathItem({ path, onShow }: { readonly path: FoundPath; readonly onShow: (path: FoundPath) => void }) {
  return (
    <article className={classes.path}>
      <h4>{pathTitle(path)}</h4>
      <ol className={classes.steps}>
        {path.links.map((link, place) => {
          const [start, end] = [path.nodes[place], path.nodes[place + 1]];
          if (start === undefined || end === undefined) return null;
          const rest = link.facts.totalCount - link.facts.edges.length;
          return (
            <li key={link.key}>
              <p>
                <strong>{nodeWords(start)}</strong> {stepVerb(link, start.key)} <strong>{nodeWords(end)}</strong>{' '}
                <ConnectionSample kind={link.kind === 'TRANSFER' ? 'READABLE' : link.kind} />
              </p>
              <ul>
                {link.facts.edges.map(({ node }, fact) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the facts of a link have one order.
                  <li key={fact}>
                    {factWords(node)}
                    {'provenance' in node && <SourceNote provenance={node.provenance} />}
                  </li>
                ))}
                {rest > 0 && <li>and {formatCount(rest)} more</li>}
              </ul>
            </li>
          );
        })}
      </ol>
      <Button variant="default" size="compact-sm" onClick={() => onShow(path)}>
        Show on the canvas
      </Button>
    </article>
  );
}
