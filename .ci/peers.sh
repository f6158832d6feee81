#!/usr/bin/env bash
# A venv of its own with the AWS CLI and moto, as .ci/requirements.txt has them: .ci/venv, or what TSAWSUME_PEERS says.
set -euo pipefail
venv=${TSAWSUME_PEERS:-.ci/venv}
[ -x "$venv/bin/pip" ] || python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check -r .ci/requirements.txt
"$venv/bin/aws" --version
"$venv/bin/pip" list --disable-pip-version-check 2>/dev/null | grep -E '^(awscli|botocore|moto) '
