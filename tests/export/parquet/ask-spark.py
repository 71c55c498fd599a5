"""Reads lines of JSON {"views": [SQL], "questions": [SQL]}. Prints a line for each: the columns and rows of each answer. Instants are texts in UTC."""

import json
import sys

from pyspark.sql import SparkSession

spark = (
    SparkSession.builder.master("local[2]")
    .config("spark.ui.enabled", "false")
    .config("spark.sql.session.timeZone", "UTC")
    .config("spark.sql.shuffle.partitions", "2")
    .getOrCreate()
)
for line in sys.stdin:
    asked = json.loads(line)
    session = spark.newSession()
    for view in asked["views"]:
        session.sql(view)
    answers = []
    for question in asked["questions"]:
        answer = session.sql(question)
        rows = [json.loads(row) for row in answer.toJSON().collect()]
        answers.append({"columns": answer.columns, "rows": [[row.get(column) for column in answer.columns] for row in rows]})
    print(json.dumps(answers), flush=True)
spark.stop()
