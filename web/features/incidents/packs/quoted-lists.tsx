import { Checkbox, NativeSelect } from '@mantine/core';
import { useMemo, useState } from 'react';
import { formatInstant } from '../../../shared/format/instant.ts';
import { ListsToQuoteDocument, type ListsToQuoteQuery, StartsOfIncidentDocument } from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../../shared/lists/answer-frame.tsx';
import { MoreRowsLine } from '../../../shared/lists/more-rows.tsx';
import { Paged } from '../../../shared/lists/paged.tsx';
import classes from '../incidents.module.css';

interface QuotedListsProps {
  readonly incident: string;
  readonly lists: readonly string[];
  readonly onChange: (lists: readonly string[]) => void;
}

/** Ticks of the software lists that a pack quotes. Nothing unless the incident was proposed from an advisory. */
export function QuotedLists({ incident, lists, onChange }: QuotedListsProps) {
  const { data } = useQuestion(
    StartsOfIncidentDocument,
    useMemo(() => ({ incident }), [incident]),
  );
  const [chosen, setChosen] = useState<string | null>(null);
  const found = data?.incident ?? null;
  if (found === null || found.advisory === null) return null;
  const starts = [...found.origins, ...found.suspectedOrigins.map(({ organization }) => organization)];
  const start = starts.find(({ id }) => id === chosen) ?? starts[0];
  if (start === undefined) return null;
  return (
    <fieldset className={classes.quotes}>
      <legend>Quote software lists</legend>
      <p className={classes.note}>
        A list is its organization’s secret. The pack says what the ticked lists state of {found.advisory.id} and nothing else of them, and
        only to a lab that deals with the organization.
      </p>
      {starts.length > 1 && (
        <NativeSelect
          label="Organization"
          data={starts.map(({ id, name }) => ({ value: id, label: name }))}
          value={start.id}
          onChange={(event) => setChosen(event.currentTarget.value)}
        />
      )}
      <ListsOf key={start.id} organization={start.id} name={start.name} lists={lists} onChange={onChange} />
    </fieldset>
  );
}

interface ListsOfProps extends Omit<QuotedListsProps, 'incident'> {
  readonly organization: string;
  readonly name: string;
}

function ListsOf({ organization, name, lists, onChange }: ListsOfProps) {
  const asked = useQuestion(
    ListsToQuoteDocument,
    useMemo(() => ({ organization }), [organization]),
  );
  return (
    <AnswerFrame asked={asked} waiting="Listing software lists">
      {({ softwareLists }) => (
        <Paged
          first={softwareLists}
          load={async (after) =>
            (await client.query({ query: ListsToQuoteDocument, variables: { organization, after } })).data?.softwareLists ?? null
          }
        >
          {(list) => (
            <>
              {list.totalCount === 0 && <p className={classes.note}>{name} has no software list.</p>}
              {list.rows.map((one) => (
                <Checkbox
                  key={one.id}
                  size="xs"
                  label={titleOf(one)}
                  checked={lists.includes(one.id)}
                  onChange={(event) =>
                    onChange(event.currentTarget.checked ? [...lists, one.id] : lists.filter((other) => other !== one.id))
                  }
                />
              ))}
              <MoreRowsLine list={list} noun="software lists" />
            </>
          )}
        </Paged>
      )}
    </AnswerFrame>
  );
}

/** "Sep 24, 2026, 09:30: annotation platform". */
function titleOf({ describedAt, subject, subjectVersion }: ListsToQuoteQuery['softwareLists']['edges'][number]['node']): string {
  const when = describedAt === null ? 'Unknown date' : formatInstant(describedAt);
  const of = [subject, subjectVersion].filter((text) => text !== null && text !== '').join(' ');
  return of === '' ? when : `${when}: ${of}`;
}
