import { FileFault } from '../../rows/file-fault.ts';
import type { TableRow } from './table-rows.ts';

/** Throws FileFault NOT_TEXT for a web page, XML or JSON, whose lines could pass for a list of names. */
export function refuseMarkup({ cells, line }: TableRow): void {
  const start = (cells[0] as string).trimStart();
  const what = /^(<!doctype html|<html|<table)/i.test(start)
    ? 'a web page'
    : /^<(\?xml|[a-z]+[\s>])/i.test(start)
      ? 'XML'
      : /^(\[\s*)?\{/.test(start)
        ? 'JSON'
        : undefined;
  if (what !== undefined)
    throw new FileFault('NOT_TEXT', line, `The file is ${what}, not CSV. Export the table behind it as CSV, and import that.`);
}
