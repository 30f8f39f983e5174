#!/usr/bin/env bash
# usage: tests/store/run.sh    The writer's output before other programs' readers, and uploads to a real store (TAP through prove).
# Installs virtuoso-opensource-7 when it is missing (as root). $BUILD: where libtidings.a is; $TIDINGS: the program.
cd "$(dirname "$0")/../.." || exit 1
exec prove --timer tests/store/*.t
