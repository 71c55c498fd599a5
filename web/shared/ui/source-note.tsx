import { authorOf, enteredBy } from '../format/author.ts';
import { formatDay } from '../format/instant.ts';
import type { FactSourceFragment } from '../generated/operations.ts';
import { Link } from './link.tsx';
import classes from './source-note.module.css';

/** The source of a fact: its file and line, or who entered it; the tooltip names the supporting document. Links to its import. */
export function SourceNote({ provenance }: { readonly provenance: FactSourceFragment }) {
  const { file, line, assertedBy, source } = provenance;
  const where = file === null ? enteredBy(assertedBy) : line === null ? file : `${file}, line ${line}`;
  // The date is that of the import which file and line come from. The fact's own date may be another source's.
  const at = provenance.import?.assertedAt ?? provenance.import?.committedAt ?? null;
  const title = `Stated by ${authorOf(assertedBy)}${at === null ? '' : ` on ${formatDay(at)}`}${source === null ? '' : `. Source: ${source}`}`;
  if (provenance.import === null) {
    return (
      <span className={classes.source} title={title}>
        {where}
      </span>
    );
  }
  const query = line === null ? '' : `?${new URLSearchParams({ line: String(line) })}`;
  return (
    <Link className={classes.source} href={`/import/${encodeURIComponent(provenance.import.id)}${query}`} title={title}>
      {where}
    </Link>
  );
}
