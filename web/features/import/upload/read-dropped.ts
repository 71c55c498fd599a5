/** The names of lists. A dropped folder may have other files too. */
const LIST_NAME = /\.(csv|tsv|txt|xlsx)$/i;

export function listsOf(files: readonly File[]): File[] {
  return files.filter(({ name }) => LIST_NAME.test(name));
}

/** The files of a drop: all single files, and the lists inside dropped folders, in the order of their paths. */
export async function readDropped(transfer: DataTransfer): Promise<File[]> {
  // The browser empties the transfer after the event, so the entries are taken before anything is awaited.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (entries.every(({ isFile }) => isFile)) return [...transfer.files];
  const found = await Promise.all(entries.map((entry) => filesOf(entry, true)));
  return found.flat();
}

async function filesOf(entry: FileSystemEntry, isDropped: boolean): Promise<File[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return isDropped || LIST_NAME.test(file.name) ? [file] : [];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const children: FileSystemEntry[] = [];
  // One call returns at most 100 entries. An empty result ends the folder.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) break;
    children.push(...some);
  }
  children.sort((a, b) => (a.name < b.name ? -1 : 1));
  return (await Promise.all(children.map((child) => filesOf(child, false)))).flat();
}
