import { Checkbox, Radio } from '@mantine/core';
import { formatCount } from '../../shared/format/count.ts';
import { showHidden } from '../../shared/format/hidden-characters.ts';
import { capitalize, rolesInWords } from '../../shared/format/words.ts';
import type { MergeChoiceFragment } from '../../shared/generated/operations.ts';
import { type Column, DataTable } from '../../shared/lists/data-table.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { exploreHref } from '../../shared/url/explore-url.ts';
import classes from './merge.module.css';

interface ChoiceTableProps {
  readonly organizations: readonly MergeChoiceFragment[];
  readonly chosen: ReadonlySet<string>;
  readonly kept: string | null;
  readonly onChoose: (id: string, isChosen: boolean) => void;
  readonly onKeep: (id: string) => void;
}

/** The compared organizations: which of them are one, and which of these is kept. */
export function ChoiceTable({ organizations, chosen, kept, onChoose, onKeep }: ChoiceTableProps) {
  const columns: readonly Column<MergeChoiceFragment>[] = [
    {
      key: 'same',
      title: 'Same',
      cell: ({ id, name }) => (
        <Checkbox
          aria-label={`${name} is one of them`}
          checked={chosen.has(id)}
          onChange={(event) => onChoose(id, event.currentTarget.checked)}
        />
      ),
    },
    {
      key: 'keep',
      title: 'Keep',
      cell: ({ id, name }) => (
        <Radio name="kept" aria-label={`Keep ${name}`} checked={kept === id} disabled={!chosen.has(id)} onChange={() => onKeep(id)} />
      ),
    },
    {
      key: 'organization',
      title: 'Organization',
      isName: true,
      cell: ({ id, name }) => (
        <>
          <Link href={exploreHref(`organization:${id}`)}>{name}</Link>
          {showHidden(id) !== name && <span className={classes.id}>{showHidden(id)}</span>}
        </>
      ),
    },
    { key: 'roles', title: 'Roles', cell: ({ roles }) => capitalize(rolesInWords(roles)) },
    { key: 'aliases', title: 'Also known as', cell: ({ aliases }) => aliases.join(', ') },
    { key: 'clients', title: 'Clients', isNumber: true, cell: ({ clients }) => formatCount(clients.totalCount) },
    { key: 'providers', title: 'Providers', isNumber: true, cell: ({ providers }) => formatCount(providers.totalCount) },
  ];
  return (
    <DataTable
      isStacked
      label="Organizations to compare"
      columns={columns}
      rows={organizations}
      keyOf={({ id }) => id}
      isChosen={({ id }) => chosen.has(id)}
    />
  );
}
