#!/usr/bin/env bash
# Installs what the tests need from the system and pip cannot bring: a browser and fonts with Chinese characters.
# Debian and Ubuntu; elsewhere it names what is needed. A browser elsewhere can be named in CKG_CHROMIUM.
set -euo pipefail

if ! command -v apt-get >/dev/null; then
    echo "please install Chromium (or Chrome) and a CJK font, for example Noto Sans CJK" >&2
    exit 1
fi
as_root=()
if [ "$(id -u)" -ne 0 ]; then
    as_root=(sudo)
fi
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk make python3-venv >/dev/null
