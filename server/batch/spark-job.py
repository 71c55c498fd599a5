"""Answers a question about a pack (docs/batch.md) on Apache Spark 3.5 or 4. Spark distributes the parts, the kernel computes them.

    spark-submit --archives kernel.tar.gz#kernel spark-job.py PACK --question ranking [--parameters JSON] [--out FOLDER]

The archive has `node`, a Node binary, and `kernel.mjs`; without it, --node and --kernel name them on every machine. PACK is a path or URI that all machines
can read. The answer goes to FOLDER/results on the machine of the driver, and has the rows of `exposure batch run`.
"""

import argparse
import gzip
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading

from pyspark import SparkConf, SparkContext, SparkFiles, StorageLevel

# Round 2 of these is dealt out. One run answers the others.
SHARED = ("ranking", "exposures")
KEY, ROW = '{"key":', ',"row":'
# A line that is not the kernel's: a file that it has read.
FILE = "file "


def find(name, stated):
    """The path of a file of the archive on this machine, or else the stated one."""
    for folder in (SparkFiles.getRootDirectory(), os.getcwd()):
        path = os.path.join(folder, "kernel", name)
        if os.path.exists(path):
            return path
    return stated


def run_kernel(args, stated, pieces):
    """Runs the kernel over the pieces of its input. Yields its lines."""
    command = [find("node", stated.node), find("kernel.mjs", stated.kernel), "--common", SparkFiles.get("common"), *args]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    errors = []

    def feed():
        try:
            with process.stdin:
                for piece in pieces:
                    process.stdin.write(piece)
        except BrokenPipeError:
            pass  # The kernel has ended, and says why.
        except Exception as error:
            errors.append(error)
            process.kill()

    feeding = threading.Thread(target=feed)
    feeding.start()
    said = []
    listening = threading.Thread(target=lambda: said.append(process.stderr.read()))
    listening.start()
    for line in io.TextIOWrapper(process.stdout, encoding="utf-8", newline="\n"):
        yield line.rstrip("\n")
    feeding.join()
    listening.join()
    if errors:
        raise errors[0]
    if process.wait() != 0:
        raise RuntimeError(b"".join(said).decode("utf-8", "replace").strip())


def checked(files, expected, seen):
    """The bytes of each file, once they are those of the manifest. Adds its name to those that were seen."""
    for path, data in files:
        name = "parts/" + os.path.basename(path)
        if name not in expected:
            raise RuntimeError(f"{path}: the manifest does not name it")
        if hashlib.sha256(data).hexdigest() != expected[name]:
            raise RuntimeError(f"{path}: it has another SHA-256 than the manifest says")
        seen.append(name)
        yield data


def keyed(line):
    """The key of a row, and the row exactly as the kernel wrote it."""
    key, end = json.JSONDecoder().raw_decode(line, len(KEY))
    return key, line[end + len(ROW) : -1]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("pack")
    parser.add_argument("--question", required=True)
    parser.add_argument("--parameters", default="{}")
    parser.add_argument("--out")
    parser.add_argument("--node", default="node")
    parser.add_argument("--kernel", default="kernel.mjs")
    parser.add_argument("--partitions", type=int, help="of each round (default: twice the cores)")
    stated = parser.parse_args()
    context = SparkContext(conf=SparkConf().setIfMissing("spark.app.name", f"exposure batch: {stated.question}"))
    partitions = stated.partitions or 2 * context.defaultParallelism
    ((_, text),) = context.wholeTextFiles(f"{stated.pack}/manifest.json").collect()
    manifest = json.loads(text)
    expected = {one["name"]: one["sha256"] for one in manifest["files"]}
    asked = ["--question", stated.question, "--parameters", stated.parameters]
    work = tempfile.mkdtemp(prefix="exposure-batch-")
    try:
        context.addFile(f"{stated.pack}/common")

        def gather(files):
            seen = []
            yield from run_kernel([*asked, "--round", "1"], stated, checked(files, expected, seen))
            yield from (FILE + name for name in seen)

        parts = context.binaryFiles(f"{stated.pack}/parts", partitions)
        first = parts.mapPartitions(gather).persist(StorageLevel.DISK_ONLY)
        held, missing = os.path.join(work, "held"), set(expected) - {"common"}
        with open(held, "w", encoding="utf-8", newline="\n") as file:
            for line in first.filter(lambda one: not one.startswith(KEY)).toLocalIterator():
                if line.startswith(FILE):
                    missing.discard(line[len(FILE) :])
                else:
                    file.write(line + "\n")
        if missing:
            raise RuntimeError(f"{stated.pack}/{min(missing)}: the file is missing")
        context.addFile(held)
        count = partitions if stated.question in SHARED else 1

        def answer(shares):
            for share in shares:
                args = [*asked, "--round", "2", "--held", SparkFiles.get("held"), "--share", f"{share}/{count}"]
                yield from run_kernel(args, stated, ())

        second = context.parallelize(range(count), count).mapPartitions(answer).persist(StorageLevel.DISK_ONLY)
        head = json.loads(second.filter(lambda one: not one.startswith(KEY)).first())["answer"]
        rows = first.union(second).filter(lambda one: one.startswith(KEY)).map(keyed).sortByKey()
        write(stated.out or stated.pack, manifest, head, rows.values().toLocalIterator(), work)
    finally:
        context.stop()
        shutil.rmtree(work, ignore_errors=True)


def write(out, manifest, head, rows, work):
    """Writes the rows and their manifest. They replace an earlier answer once they are whole."""
    path, count = os.path.join(work, "rows.ndjson.gz"), 0
    with open(path, "wb") as file, gzip.GzipFile(fileobj=file, mode="wb", mtime=0, filename="") as packed:
        for row in rows:
            packed.write(row.encode() + b"\n")
            count += 1
    with open(path, "rb") as file:
        sha256 = hashlib.sha256(file.read()).hexdigest()
    facts = {name: manifest[name] for name in ("format", "pack", "store", "revision", "knownAt", "instant")}
    with open(os.path.join(work, "manifest.json"), "w", encoding="utf-8") as file:
        json.dump({**facts, **head, "rows": count, "sha256": sha256}, file, indent=2)
    folder = os.path.join(out, "results", head["question"])
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    for name in ("rows.ndjson.gz", "manifest.json"):
        shutil.move(os.path.join(work, name), os.path.join(folder, name))
    print(f"{head['question']}: {count:,} rows.", file=sys.stderr)


if __name__ == "__main__":
    main()
