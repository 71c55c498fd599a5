import { closeSync, openSync } from 'node:fs';

// This file imports little: exposure.ts loads it before the program, whose loading it has to explain.

/** Whether an error, or what caused it, is that the process or the system may open no more files. */
export function isOutOfFiles(error: unknown): boolean {
  const { code, cause } = (error ?? {}) as { readonly code?: unknown; readonly cause?: unknown };
  // Node's search for a package takes a file that it may not open for one that is not there.
  if (code === 'ERR_MODULE_NOT_FOUND') return isAtLimit();
  return code === 'EMFILE' || code === 'ENFILE' || (cause !== undefined && isOutOfFiles(cause));
}

/** Whether the process can open few more files. */
function isAtLimit(): boolean {
  const opened: number[] = [];
  try {
    while (opened.length < 8) opened.push(openSync(process.execPath, 'r'));
    return false;
  } catch (error) {
    return isOutOfFiles(error);
  } finally {
    for (const file of opened) closeSync(file);
  }
}
