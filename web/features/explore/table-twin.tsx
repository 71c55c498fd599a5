import { Menu, Tabs } from '@mantine/core';
import { useState } from 'react';
import { KindMark } from '../../canvas/cytoscape/kind-mark.tsx';
import type { AskedOperation } from '../../shared/export/console-href.ts';
import { ExportMenu, type ShownRows } from '../../shared/export/export-menu.tsx';
import { drawShownPicture } from '../../shared/export/view-picture.ts';
import { enteredBy } from '../../shared/format/author.ts';
import { formatCount } from '../../shared/format/count.ts';
import { formatDay } from '../../shared/format/instant.ts';
import { ARTIFACT_TYPE_WORDS, capitalize, rolesInWords } from '../../shared/format/words.ts';
import type { ExploreLinkFragment, ExploreNodeFragment } from '../../shared/generated/operations.ts';
import { type Column, DataTable } from '../../shared/lists/data-table.tsx';
import { IconChevronDown, IconChevronUp } from '../../shared/ui/icons.tsx';
import { ConnectionSample } from './connection-sample.tsx';
import { type ConnectionKind, connectionKindOf, type ExploreModel, nodeKindOf, nodeName } from './explore-model.ts';
import classes from './table-twin.module.css';

interface TableTwinProps {
  readonly model: ExploreModel;
  /** False: no answer has said what the canvas shows, so nothing is counted. */
  readonly isKnown: boolean;
  readonly selection: string | null;
  readonly onSelect: (key: string) => void;
  readonly marked: ReadonlySet<string>;
  readonly onMark: (key: string) => void;
  readonly isFolded: boolean;
  readonly onFold: (isFolded: boolean) => void;
  /** Start of the names of saved files. */
  readonly fileName: string;
  /** The question that the canvas asks; null before there is one. */
  readonly operation: AskedOperation | null;
  readonly onSaveGraphml: () => void;
}

const connectionWords: Readonly<Record<ConnectionKind, string>> = {
  READABLE: 'Sent a readable copy to',
  UNREADABLE: 'Sent an unreadable copy to',
  ACCESS: 'Has access to',
  ENGAGEMENT: 'Engages',
  OWNS: 'Owns',
  HOLDS: 'Is held by',
  REVEALS: 'Reveals part of',
};

/** The canvas as tables: the same nodes and connections, the same selection, with a CSV download. */
export function TableTwin({
  model,
  isKnown,
  selection,
  onSelect,
  marked,
  onMark,
  isFolded,
  onFold,
  fileName,
  operation,
  onSaveGraphml,
}: TableTwinProps) {
  const [tab, setTab] = useState<string>('nodes');
  const names = new Map(model.nodes.map((node) => [node.key, nodeName(node)]));
  const shown = (): ShownRows =>
    tab === 'nodes'
      ? { header: nodeColumns, rows: model.nodes.map(nodeRow) }
      : { header: linkColumns, rows: model.links.map((link) => linkRow(link, names)) };
  return (
    <Tabs
      value={tab}
      onChange={(value) => setTab(value ?? 'nodes')}
      className={classes.twin}
      data-twin
      data-folded={isFolded || undefined}
      keepMounted={false}
    >
      <div className={classes.head}>
        <Tabs.List className={classes.tabs}>
          <Tabs.Tab value="nodes" className={classes.tab}>
            <span className={classes.long}>Organizations and artifacts</span>
            <span className={classes.short}>Nodes</span> <span className={classes.count}>{isKnown && formatCount(model.nodes.length)}</span>
          </Tabs.Tab>
          <Tabs.Tab value="links" className={classes.tab}>
            Connections <span className={classes.count}>{isKnown && formatCount(model.links.length)}</span>
          </Tabs.Tab>
        </Tabs.List>
        <div className={classes.end}>
          <ExportMenu
            name={tab === 'nodes' ? fileName : `${fileName} connections`}
            operation={operation}
            shown={shown}
            picture={drawShownPicture}
            pictureWord="Canvas"
            isCompact
          >
            <Menu.Item onClick={onSaveGraphml}>Shown graph as GraphML</Menu.Item>
          </ExportMenu>
          <button
            type="button"
            data-screen-only
            className={classes.button}
            aria-label={isFolded ? 'Show table' : 'Hide table'}
            aria-expanded={!isFolded}
            onClick={() => onFold(!isFolded)}
          >
            {isFolded ? <IconChevronUp size={16} aria-hidden="true" /> : <IconChevronDown size={16} aria-hidden="true" />}
          </button>
        </div>
      </div>
      {!isFolded && (
        <>
          <Tabs.Panel value="nodes" className={classes.panel}>
            <DataTable
              look="pane"
              label="Organizations and artifacts"
              columns={nodeTableColumns(marked, onMark)}
              rows={model.nodes}
              none={isKnown ? 'No organization or artifact is on the canvas.' : ''}
              keyOf={({ key }) => key}
              selection={{ key: selection, select: onSelect }}
            />
          </Tabs.Panel>
          <Tabs.Panel value="links" className={classes.panel}>
            <DataTable
              look="pane"
              label="Connections"
              columns={linkTableColumns(names)}
              rows={model.links}
              none={isKnown ? 'No connection is on the canvas.' : ''}
              keyOf={({ key }) => key}
              selection={{ key: selection, select: onSelect }}
            />
          </Tabs.Panel>
        </>
      )}
    </Tabs>
  );
}

function nodeTableColumns(marked: ReadonlySet<string>, onMark: (key: string) => void): readonly Column<ExploreNodeFragment>[] {
  return [
    {
      key: 'mark',
      title: <span className="visually-hidden">Marked</span>,
      cell: (node) => (
        <input
          type="checkbox"
          aria-label={`Mark ${nodeName(node)}`}
          checked={marked.has(node.key)}
          onClick={(event) => event.stopPropagation()}
          onChange={() => onMark(node.key)}
        />
      ),
    },
    {
      key: 'name',
      title: 'Name',
      isName: true,
      cell: (node) => (
        <>
          <KindMark kind={nodeKindOf(node)} type={node.artifact?.type} size={18} />
          {nodeName(node)}
        </>
      ),
    },
    {
      key: 'kind',
      title: 'Kind',
      className: classes.kind,
      cell: (node) => `${capitalize(kindWords(node))}${node.artifact === null ? '' : ` of ${node.artifact.owner.name}`}`,
    },
    {
      key: 'copies',
      title: 'Copies',
      isNumber: true,
      cell: ({ organization, artifact }) => formatCount(organization?.custody.copyCount ?? artifact?.copies.totalCount ?? 0),
    },
    {
      key: 'labs',
      title: 'Labs',
      isNumber: true,
      cell: ({ organization }) => (organization === null ? '' : formatCount(organization.custody.labCount)),
    },
    {
      key: 'sent',
      title: 'Copies sent',
      isNumber: true,
      cell: ({ organization }) => (organization === null ? '' : formatCount(organization.sent.totalCount)),
    },
    {
      key: 'last',
      title: 'Last received',
      cell: ({ organization }) => lastReceivedOf(organization?.custody ?? null),
    },
    { key: 'source', title: 'Source', className: classes.source, cell: sourceOf },
  ];
}

function lastReceivedOf(custody: { readonly copyCount: number; readonly lastReceivedAt: string | null } | null): string {
  if (custody === null || custody.copyCount === 0) return '';
  return custody.lastReceivedAt === null ? 'Unknown' : formatDay(custody.lastReceivedAt);
}

function linkTableColumns(names: ReadonlyMap<string, string>): readonly Column<ExploreLinkFragment>[] {
  return [
    { key: 'from', title: 'From', isName: true, cell: ({ source }) => names.get(source) },
    {
      key: 'connection',
      title: 'Connection',
      cell: (link) => (
        <span className={classes.connection}>
          <ConnectionSample kind={connectionKindOf(link)} />
          {connectionWords[connectionKindOf(link)]}
        </span>
      ),
    },
    { key: 'to', title: 'To', cell: ({ target }) => names.get(target) },
    { key: 'records', title: 'Records', isNumber: true, cell: ({ count }) => formatCount(count) },
    {
      key: 'readable',
      title: 'Readable',
      isNumber: true,
      cell: ({ readableCount }) => (readableCount === null ? '' : formatCount(readableCount)),
    },
  ];
}

function kindWords(node: ExploreNodeFragment): string {
  return node.organization === null ? ARTIFACT_TYPE_WORDS[node.artifact?.type ?? 'OTHER'] : rolesInWords(node.organization.roles);
}

function sourceOf(node: ExploreNodeFragment): string {
  const provenance = node.organization?.provenance ?? node.artifact?.provenance;
  if (provenance === undefined) return '';
  const { file, line, assertedBy } = provenance;
  return file === null ? enteredBy(assertedBy) : line === null ? file : `${file}, line ${line}`;
}

const nodeColumns = ['id', 'name', 'kind', 'owner', 'copy_count', 'lab_count', 'sent_count', 'last_received_at', 'file', 'line'] as const;
const linkColumns = ['connection', 'from', 'from_name', 'to', 'to_name', 'count', 'readable_count'] as const;

function nodeRow(node: ExploreNodeFragment): readonly (string | number | null)[] {
  const { organization, artifact } = node;
  const provenance = organization?.provenance ?? artifact?.provenance;
  return [
    organization?.id ?? artifact?.id ?? '',
    nodeName(node),
    kindWords(node),
    artifact?.owner.id ?? null,
    organization?.custody.copyCount ?? artifact?.copies.totalCount ?? null,
    organization?.custody.labCount ?? null,
    organization?.sent.totalCount ?? null,
    organization?.custody.lastReceivedAt ?? null,
    provenance?.file ?? null,
    provenance?.line ?? null,
  ];
}

function linkRow(link: ExploreLinkFragment, names: ReadonlyMap<string, string>): readonly (string | number | null)[] {
  const id = (key: string) => key.slice(key.indexOf(':') + 1);
  return [
    link.kind,
    id(link.source),
    names.get(link.source) ?? '',
    id(link.target),
    names.get(link.target) ?? '',
    link.count,
    link.readableCount,
  ];
}
