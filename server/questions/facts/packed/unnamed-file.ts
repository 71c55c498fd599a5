import { readSync, rmSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/**
 * A file that has no name: its path is removed as soon as it is open. So it is gone with the process, however that ends, and no other
 * process reads it.
 */
export class UnnamedFile {
  readonly #handle: FileHandle;
  #size = 0;
  #users = 1;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** @param path must not exist. Only its owner can read it. Throws the error of the file system. */
  static async open(path: string): Promise<UnnamedFile> {
    const handle = await open(path, 'wx+', 0o600);
    rmSync(path);
    return new UnnamedFile(handle);
  }

  /** The bytes appended so far, those that are being written included. */
  get size(): number {
    return this.#size;
  }

  /** Appends bytes. Resolves to where they begin once they can be read. */
  async append(bytes: Uint8Array): Promise<number> {
    const start = this.#size;
    this.#size += bytes.length;
    for (let done = 0; done < bytes.length; ) {
      done += (await this.#handle.write(bytes, done, bytes.length - done, start + done)).bytesWritten;
    }
    return start;
  }

  /** Reads bytes, in memory of their own. */
  read(start: number, length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    this.readInto(bytes, start);
    return bytes;
  }

  /** Reads at once: the system mostly has the bytes in memory, and a turn of the event loop takes longer than that. */
  readInto(bytes: Uint8Array, start: number): void {
    for (let done = 0; done < bytes.length; ) {
      const count = readSync(this.#handle.fd, bytes, done, bytes.length - done, start + done);
      if (count === 0) throw new Error('The file of packed transfers ended too early.');
      done += count;
    }
  }

  /** Keeps the file open until `release` is called as often. */
  hold(): void {
    this.#users++;
  }

  /** Its opener calls it once, too. */
  async release(): Promise<void> {
    this.#users--;
    if (this.#users === 0) await this.#handle.close();
  }
}
