import { FileFault } from '../rows/rejection.ts';

/** A workbook that is refused as a whole. @param what continues "The workbook …" */
export function unsafeWorkbook(what: string, wayOut: string): FileFault {
  return new FileFault('UNSAFE_WORKBOOK', 1, `The workbook ${what}. ${wayOut}`);
}

/**
 * Runs a reading of another zip file than a workbook, so that its faults speak of what it is.
 *
 * @param noun such as `document` @param form such as `.docx document`
 */
export async function withWords<T>(noun: string, form: string, wayOut: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof FileFault) || error.code !== 'UNSAFE_WORKBOOK') throw error;
    const what = error.message.replace(/\. [\s\S]*$/, '').replace(/^The workbook is no \.xlsx workbook/, `The ${noun} is no ${form}`);
    throw new FileFault(error.code, error.line, `${what.replace(/^The workbook/, `The ${noun}`)}. ${wayOut}`);
  }
}

/** A zip archive that does not hold what it states. */
export function damagedArchive(): FileFault {
  return unsafeWorkbook(
    'is no .xlsx workbook, or is damaged',
    'In the spreadsheet program choose File > Save As, .xlsx or "CSV UTF-8", and import that.',
  );
}

/** A part that no spreadsheet program writes so. @param reason names the part or the cell */
export function unreadableWorkbook(reason: string): FileFault {
  return unsafeWorkbook(
    `cannot be read (${reason.slice(0, 200)})`,
    'Open it in the spreadsheet program, save it again as .xlsx, and import that.',
  );
}

export function oversizedWorkbook(what: string): FileFault {
  return unsafeWorkbook(what, 'Save its sheets as CSV and import those.');
}
