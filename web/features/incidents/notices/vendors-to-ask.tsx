import { useMemo } from 'react';
import type { VendorToAskFragment } from '../../../shared/generated/operations.ts';
import { VendorsToAskDocument } from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../../shared/lists/answer-frame.tsx';
import { MoreRowsLine, Paged } from '../../../shared/lists/more-rows.tsx';
import classes from '../incidents.module.css';
import { QuestionnaireLinks } from '../questionnaire-links.tsx';
import own from './vendors-to-ask.module.css';

/** The compromised organizations, then the others that handled an exposed copy: each can say what it holds and what was touched. */
export function VendorsToAsk({ incident }: { readonly incident: string }) {
  const asked = useQuestion(
    VendorsToAskDocument,
    useMemo(() => ({ incident }), [incident]),
  );
  return (
    <section className={classes.card} aria-label="Whom to ask">
      <h2>Whom to ask</h2>
      <p className={classes.note}>
        A questionnaire lists what the records say an organization holds. Send it, and import the file that comes back. Nothing changes
        before you accept it.
      </p>
      <AnswerFrame asked={asked} waiting="Finding whom to ask">
        {({ incident: found, blastRadius }) =>
          found === null || blastRadius === null ? null : (
            <Paged
              first={blastRadius.notifiers}
              load={async (after) =>
                (await client.query({ query: VendorsToAskDocument, variables: { incident, after } })).data?.blastRadius?.notifiers ?? null
              }
            >
              {(list) => (
                <>
                  <ul className={own.vendors}>
                    {joinById(found.origins, list.rows).map((vendor) => (
                      <li key={vendor.id}>
                        <span>
                          <strong>{vendor.name}</strong>
                          {vendor.contactEmail !== null && (
                            <small>
                              <a href={`mailto:${vendor.contactEmail}`}>{vendor.contactEmail}</a>
                            </small>
                          )}
                        </span>
                        <span data-screen-only>
                          <QuestionnaireLinks holder={vendor.id} name={vendor.name} />
                        </span>
                      </li>
                    ))}
                  </ul>
                  <MoreRowsLine list={list} noun="organizations that handled a copy" />
                </>
              )}
            </Paged>
          )
        }
      </AnswerFrame>
    </section>
  );
}

function joinById(origins: readonly VendorToAskFragment[], others: readonly VendorToAskFragment[]): VendorToAskFragment[] {
  return [...new Map([...origins, ...others].map((vendor) => [vendor.id, vendor])).values()];
}
