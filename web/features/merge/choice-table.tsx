import { Checkbox, Radio } from '@mantine/core';
import { formatCount } from '../../shared/format/count.ts';
import { showHidden } from '../../shared/format/hidden-characters.ts';
import { capitalize, rolesInWords } from '../../shared/format/words.ts';
import type { MergeChoiceFragment } from '../../shared/generated/operations.ts';
import { FramedTable } from '../../shared/ui/framed-table.tsx';
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
  return (
    <FramedTable label="Organizations to compare">
      <thead>
        <tr>
          <th scope="col">Same</th>
          <th scope="col">Organization</th>
          <th scope="col">Roles</th>
          <th scope="col">Also known as</th>
          <th scope="col" data-number>
            Clients
          </th>
          <th scope="col" data-number>
            Providers
          </th>
          <th scope="col">Keep</th>
        </tr>
      </thead>
      <tbody>
        {organizations.map(({ id, name, roles, aliases, clients, providers }) => (
          <tr key={id} data-chosen={chosen.has(id) || undefined}>
            <td>
              <Checkbox
                aria-label={`${name} is one of them`}
                checked={chosen.has(id)}
                onChange={(event) => onChoose(id, event.currentTarget.checked)}
              />
            </td>
            <th scope="row">
              <Link href={exploreHref(`organization:${id}`)}>{name}</Link>
              {showHidden(id) !== name && <span className={classes.id}>{showHidden(id)}</span>}
            </th>
            <td>{capitalize(rolesInWords(roles))}</td>
            <td>{aliases.join(', ')}</td>
            <td data-number>{formatCount(clients.totalCount)}</td>
            <td data-number>{formatCount(providers.totalCount)}</td>
            <td>
              <Radio name="kept" aria-label={`Keep ${name}`} checked={kept === id} disabled={!chosen.has(id)} onChange={() => onKeep(id)} />
            </td>
          </tr>
        ))}
      </tbody>
    </FramedTable>
  );
}
