/**
 * `npm run ledger -- [FLAGS OF exposure import --] FILE…` accounts for every cell of lists from outside.
 *
 * Each list is imported by the command line into a store of its own, and the store is exported. The ledger then counts the filled cells by
 * itself, and looks for each word of each cell in all that is left: the exported facts with their attributes, and the report with its remarks,
 * questions and rejected rows. It prints the account, and every word that is nowhere. Exit code 1: a word is lost, or cells are unaccounted for.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parse } from 'csv-parse/sync';

/** Runs the built program. Its exit code is part of its answer. */
function exposure(...words) {
  try {
    return execFileSync(process.execPath, ['dist/server/cli/exposure.js', ...words], {
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch (error) {
    return error.stdout;
  }
}

/** The cells of a table, read without the program: by csv-parse, or the rows between pipes of a Markdown page, without its markup. */
function readCells(file, text) {
  if (!/\.(md|markdown)$/i.test(file)) return parse(text, { relax_column_count: true, relax_quotes: true, bom: true });
  const rows = text.split(/\r?\n/).filter((line) => /^\s*\|.*\|\s*$/.test(line) && !/^[\s|:-]+$/.test(line));
  return rows.map((line) =>
    line
      .trim()
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.replace(/<\/?[a-z]+|\b(?:href|src|class|target|rel)=(?=["'])|\bmailto:/gi, ' ')),
  );
}

const wordsOf = (text) =>
  text
    .toLowerCase()
    .normalize('NFKC')
    .match(/[\p{L}\p{N}]{3,}/gu) ?? [];

function account(path, flags) {
  const content = readFileSync(path);
  const folder = mkdtempSync(join(tmpdir(), 'exposure-ledger-'));
  try {
    const store = ['--store', `sqlite:${join(folder, 'facts.db')}`];
    const report = exposure('import', path, ...flags, '--json', ...store);
    const { cells, questions, isWritten, report: counts, rejections, files } = JSON.parse(report);
    /** Columns that a rule leaves out as a whole, such as phone numbers. Their texts must not be kept. */
    const leftOutColumns = new Set((files[0]?.mapping?.columns ?? []).flatMap(({ use, index }) => (use === 'IGNORED' ? [index] : [])));
    exposure('export', join(folder, 'out'), ...store);
    const exported = isWritten ? readdirSync(join(folder, 'out')).map((name) => readFileSync(join(folder, 'out', name), 'utf8')) : [];
    const found = new Set(wordsOf([report, ...exported].join('\n')));
    const table = readCells(path, content.toString('utf8'));
    const filled = table.flat().filter((cell) => cell.trim() !== '').length;
    const kept = table.flatMap((row) => row.filter((_, column) => !leftOutColumns.has(column)));
    const lost = [...new Set(kept.flatMap(wordsOf).filter((word) => !found.has(word)))];
    const { read, used, keptAsText, leftOut, rejected } = cells;
    console.log(`${basename(path)}, ${content.length} bytes, sha256 ${createHash('sha256').update(content).digest('hex')}`);
    console.log(`  ${table.length} rows and ${filled} filled cells by the ledger's own count, headers included`);
    console.log(
      `  ${read} cells read = ${used} used + ${keptAsText} kept as text + ${leftOut} left out + ${rejected} rejected; ${isWritten ? `${counts.created} facts` : 'nothing written'}`,
    );
    for (const { message, flag } of questions) console.log(`  asks: ${message} (${flag})`);
    for (const { message } of rejections.slice(0, 3)) console.log(`  rejects: ${message}`);
    for (const { change, count, rule } of cells.notes) console.log(`  ${count} cells ${change}: each ${rule}`);
    console.log(isWritten && lost.length > 0 ? `  ${lost.length} words are nowhere: ${lost.slice(0, 30).join(', ')}` : '  no word is lost');
    return used + keptAsText + leftOut + rejected === read && !(isWritten && lost.length > 0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const given = process.argv.slice(2);
const end = given.indexOf('--');
const [flags, files] = end === -1 ? [[], given] : [given.slice(0, end), given.slice(end + 1)];
if (files.length === 0) console.error('Name the files of lists: npm run ledger -- --client "A lab" --create-missing -- vendors.csv');
const isWhole = files.map((file) => account(file, flags)).every(Boolean) && files.length > 0;
process.exitCode = isWhole ? 0 : 1;
