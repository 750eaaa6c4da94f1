"""Run by the Python that has label-studio-sdk and argilla: do their own libraries take what was exported?

python check_tools.py CONFIG TASKS RECORDS
"""

import json
import sys
from pathlib import Path

import argilla
from label_studio_sdk.label_interface import LabelInterface

config, tasks, records = (Path(name).read_text("utf-8") for name in sys.argv[1:])

interface = LabelInterface(config)
interface.validate()
for task in json.loads(tasks):
    annotations, predictions = task.pop("annotations"), task.pop("predictions")
    assert interface.validate_task(task), task
    assert all(interface.validate_prediction(one) for one in predictions)
    assert all(interface.validate_annotation(one) for one in annotations)
wrong = {"result": [{"from_name": "nothing", "to_name": "text", "type": "choices", "value": {"choices": ["fact"]}}]}
assert not interface.validate_prediction(wrong), "the check can fail"

answered = 0
for told in json.loads(records):
    record = argilla.Record.from_dict(told)
    assert (record.id, dict(record.fields), dict(record.metadata)) == (told["id"], told["fields"], told["metadata"])
    assert [(one.question_name, one.value, one.score) for one in record.suggestions] == [
        ("label", told["suggestions"]["label"]["value"], told["suggestions"]["label"]["score"])
    ]
    given = {(one.question_name, one.value, str(one.user_id)) for one in record.responses}
    assert given == {(name, one["value"], one["user_id"]) for name, ones in told["responses"].items() for one in ones}
    answered += bool(given)
assert answered
print("label-studio-sdk and argilla take all of it")  # noqa: T201
