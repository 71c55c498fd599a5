import type { MappingDocument } from '../../server/import/mapping/decisions/mapping-document.ts';
import type { ReadImport } from '../../server/import/read-import.ts';
import { linesOf } from '../../server/import/rows/rejection.ts';
import { Bench } from '../import/import-for-tests.ts';
import { decisionsOf } from '../import/look-alikes/decisions-of.ts';
import { lookAlikes } from '../import/look-alikes/look-alikes.ts';
import { cutLines, mutate, seededChoice } from '../import/look-alikes/mutate.ts';
import { seed } from '../support/seed.ts';
import { describe, expect, it } from '../support/test.ts';
import { counting, limitMs, rounds } from './scale.ts';

/** No list holds these letters. */
const mark = 'Qzxvw';

/** Writes the mark into a line of a list, as a word, a remark, a footnote or a second name. */
function plant(text: string, choose: (below: number) => number): string {
  const lines = text.split('\n');
  const at = choose(lines.length);
  const line = lines[at] as string;
  const cut = choose(line.length + 1);
  const planted = [mark, ` (${mark})`, ` (terminated 2023-05-01 ${mark})`, ` - ${mark}`, `; ${mark} Ltd`, ` ${mark} 12`, `\u200b${mark}`];
  lines[at] = `${line.slice(0, cut)}${planted[choose(planted.length)]}${line.slice(cut)}`;
  return lines.join('\n');
}

/** Where the mark is after the import: in a fact, a header, a title, or the report. */
function find({ files, assertions, cells, rejections, matches }: ReadImport, text: string): string | undefined {
  const holds = (value: unknown) => JSON.stringify(value).toLowerCase().includes(mark.toLowerCase());
  if (holds([...assertions])) return 'facts';
  if (files.some(({ header, preamble }) => holds([header, preamble]))) return 'header';
  if (holds(cells.notes)) return 'notes';
  // A name that is an id, an alias or a spelling of another organization.
  if (holds(matches)) return 'matches';
  if (files.every(({ isFaulty }) => isFaulty)) return 'rejections';
  const texts = text.split('\n');
  const marked = texts.flatMap((line, at) => (line.includes(mark) ? [at + 1] : []));
  /** The last line of a row that begins on this one and has a stray quote: it goes on until the next quote. */
  const endOf = (line: number) => texts.findIndex((other, at) => at >= line && other.includes('"')) + 1;
  // A row of several lines has the number of its first one.
  const isNear = (line: number) => marked.some((one) => line <= one + 2 && one <= Math.max(line + 8, endOf(line)));
  if (rejections.some((rejection) => linesOf(rejection).some(isNear))) return 'rejections';
  const [file] = files;
  const columns = file?.mapping?.columns ?? [];
  // Texts of columns that are left out as a whole are not shown: they may be private.
  if (
    columns.some(({ use }) => use === 'IGNORED') &&
    cells.notes.some(({ change, rule }) => change === 'LEFT_OUT' && rule.includes('column'))
  )
    return 'left out';
  return cells.notes.some(
    ({ change, column, examples }) => change === 'LEFT_OUT' && column === null && examples.some(({ line }) => isNear(line)),
  )
    ? 'rows left out'
    : undefined;
}

describe('an edited list', () => {
  it(
    '[I725] loses no cell: each is used, kept as text, left out by a named rule, or rejected',
    async () => {
      const bench = await Bench.open();
      const small = lookAlikes.filter(
        ({ file, others }) => file !== 'city suppliers.csv' && others === undefined && !file.endsWith('.xlsx'),
      );
      const texts = small.map(({ content }) => (typeof content === 'string' ? content : content.toString('latin1')));
      const decisions = small.map(({ flags }) => decisionsOf(flags, true));
      const choose = seededChoice(seed);
      const runs = rounds(100_000);
      const onRound = counting('edited lists with a mark', runs);
      try {
        for (let run = 0; run < runs; run++) {
          const at = choose(small.length);
          const { file } = small[at] as (typeof small)[number];
          const edited = plant(mutate(cutLines(texts[at] as string, 12, choose), choose), choose);
          // The mark has no byte beyond Latin-1, except a character without a width.
          const read = await bench.read({ [file]: Buffer.from(edited, 'latin1') }, { decisions: decisions[at] as MappingDocument });
          const context = `round ${run} of seed ${seed}, ${file}`;
          const { read: all, used, keptAsText, leftOut, rejected } = read.cells.account;
          expect([context, used + keptAsText + leftOut + rejected]).toEqual([context, all]);
          expect([context, read.rejections.some(({ code }) => code === 'UNACCOUNTED_CELL')]).toEqual([context, false]);
          if (find(read, edited) === undefined)
            throw new Error(
              `${context}: the mark is lost.\n${edited}\n${JSON.stringify([read.rejections, read.cells.notes]).slice(0, 3000)}`,
            );
          onRound();
        }
      } finally {
        await bench.close();
      }
    },
    limitMs,
  );
});
