import { type FactName, type NewFact, useFactTools } from '../../shared/facts/fact-tools.tsx';
import { enteredBy } from '../../shared/format/author.ts';
import { showHidden } from '../../shared/format/hidden-characters.ts';
import { formatDay } from '../../shared/format/instant.ts';
import type { InspectSourceFragment } from '../../shared/generated/operations.ts';
import { IconFileText } from '../../shared/ui/icons.tsx';
import { Link } from '../../shared/ui/link.tsx';
import classes from './inspector.module.css';

/** The source of a fact: its file and line, or who entered it, and the date. Links to its import. */
export function SourceLine({ provenance, hasIcon = false }: { readonly provenance: InspectSourceFragment; readonly hasIcon?: boolean }) {
  const { file, line, assertedBy } = provenance;
  // The date is that of the import which file and line come from. The fact's own date may be another source's.
  const at = provenance.import?.assertedAt ?? provenance.import?.committedAt ?? null;
  const where = (
    <>
      {file === null ? enteredBy(assertedBy) : line === null ? file : `${file}, line ${line}`}
      {at !== null && (
        <>
          {' · '}
          <span className={classes.day}>{formatDay(at)}</span>
        </>
      )}
    </>
  );
  const query = line === null ? '' : `?${new URLSearchParams({ line: String(line) })}`;
  return (
    <span className={classes.source}>
      {hasIcon && <IconFileText size={16} stroke={1.6} aria-hidden="true" />}
      {provenance.import === null ? where : <Link href={`/import/${encodeURIComponent(provenance.import.id)}${query}`}>{where}</Link>}
    </span>
  );
}

interface FactLineProps {
  readonly provenance: InspectSourceFragment;
  readonly fact: FactName;
  /** Names the fact on its button. */
  readonly of: string;
}

/** The id and the source of a fact, and a way to correct it. */
export function FactSource({ provenance, fact, of }: FactLineProps) {
  const tools = useFactTools();
  return (
    <span className={classes.fact} {...('id' in fact && { tabIndex: -1, 'data-result': `${fact.kind.toLowerCase()}:${fact.id}` })}>
      <span className={classes.named}>
        {'id' in fact && <span className={classes.id}>{showHidden(fact.id)}</span>}
        {tools !== null && <tools.Correct fact={fact} of={of} />}
      </span>
      <SourceLine provenance={provenance} />
    </span>
  );
}

/** A way to add facts around a record; nothing where facts cannot be changed. */
export function AddFactLine({ choices }: { readonly choices: readonly NewFact[] }) {
  const tools = useFactTools();
  return tools === null ? null : (
    <div className={classes.add}>
      <tools.Add choices={choices} />
    </div>
  );
}

/** The document that supports a fact. A web address becomes a link; any other text stays text. */
export function SourceDocument({ source }: { readonly source: string | null }) {
  if (source === null) return null;
  if (!/^https?:\/\//.test(source)) return <span className={classes.document}>{source}</span>;
  return (
    <a className={classes.document} href={source} target="_blank" rel="noreferrer noopener">
      {source}
    </a>
  );
}
