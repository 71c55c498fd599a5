import { useMemo } from 'react';
import { joinNames } from '../../../shared/format/count.ts';
import { type BlastRadiusInput, WhomToAskDocument, type WhomToAskQuery } from '../../../shared/generated/operations.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { OrganizationIcon } from '../../../shared/ui/kind-icon.tsx';
import { Link } from '../../../shared/ui/link.tsx';
import { exploreHref } from '../../../shared/url/explore-url.ts';
import { ListAnswer } from './list-answer.tsx';
import classes from './plain-list.module.css';
import { SourceNote } from './source-note.tsx';

type Dependent = NonNullable<WhomToAskQuery['blastRadius']>['dependents']['edges'][number]['node'];

/** Dependents of reached organizations, blind spots first, and the notifiers. */
export function WhomToAskTab({ input }: { readonly input: BlastRadiusInput }) {
  const asked = useQuestion(
    WhomToAskDocument,
    useMemo(() => ({ input }), [input]),
  );
  return (
    <ListAnswer asked={asked}>
      {(data) => {
        const dependents = (data.blastRadius?.dependents.edges.map((edge) => edge.node) ?? []).toSorted(
          (a, b) => Number(b.isBlindSpot) - Number(a.isBlindSpot) || Number(a.isFormer) - Number(b.isFormer),
        );
        const notifiers = data.blastRadius?.notifiers.edges.map((edge) => edge.node) ?? [];
        return (
          <section className={classes.scroll} aria-label="Whom to ask">
            <h2 className={classes.heading}>Depend on a reached organization</h2>
            {dependents.length === 0 && <p className={classes.none}>No organization depends on a reached organization.</p>}
            <ul className={classes.list}>
              {dependents.map((row) => (
                <li key={row.organization.id} className={classes.item}>
                  <div className={classes.line}>
                    <OrganizationIcon roles={row.organization.roles} />
                    <Link className={classes.name} href={exploreHref(`organization:${row.organization.id}`)}>
                      {row.organization.name}
                    </Link>
                    {row.isBlindSpot && <span className={classes.flag}>Blind spot</span>}
                    {row.isFormer && <span className={classes.tag}>Former</span>}
                  </div>
                  <p className={classes.detail}>{dependentSentence(row)}</p>
                  {row.path[0] !== undefined && (
                    <p className={classes.sourceLine}>
                      <SourceNote provenance={row.path[0].provenance} />
                    </p>
                  )}
                </li>
              ))}
            </ul>
            <h2 className={classes.heading}>Must notify upstream</h2>
            <p className={classes.lead}>
              Each of these organizations received an exposed or possible copy. Each must notify the organization that sent it.
            </p>
            <ul className={classes.list}>
              {notifiers.map((organization) => (
                <li key={organization.id} className={classes.item}>
                  <div className={classes.line}>
                    <OrganizationIcon roles={organization.roles} />
                    <Link className={classes.name} href={exploreHref(`organization:${organization.id}`)}>
                      {organization.name}
                    </Link>
                    {organization.contactEmail !== null && <span className={classes.detail}>{organization.contactEmail}</span>}
                  </div>
                </li>
              ))}
            </ul>
            {notifiers.length === 0 && <p className={classes.none}>No organization has to notify another.</p>}
          </section>
        );
      }}
    </ListAnswer>
  );
}

/** "Everholt AI depends on Quillmark through Harrowell. No record says what Quillmark holds of it. Ask Harrowell." */
function dependentSentence({ organization, path, isBlindSpot, isFormer }: Dependent): string {
  const reached = path.at(-1)?.provider.name ?? 'a reached organization';
  const between = path.slice(0, -1).map((engagement) => engagement.provider.name);
  const through = between.length === 0 ? '' : ` through ${joinNames(between)}`;
  const first = path[0]?.provider.name ?? reached;
  const depends = `${organization.name} ${isFormer ? 'depended' : 'depends'} on ${reached}${through}.`;
  const former = isFormer ? ' Only through ended engagements. Copies may remain.' : '';
  if (isBlindSpot) return `${depends}${former} No record says what ${reached} holds of it. Ask ${first}.`;
  return `${depends}${former}`;
}
